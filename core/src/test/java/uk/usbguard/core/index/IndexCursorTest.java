package uk.usbguard.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.format.Key;

/** Scans, and what happens under them. */
class IndexCursorTest {

  private final MemoryNodeStore store = new MemoryNodeStore();
  private Index index = Index.empty(store);

  @BeforeEach
  void putsEveryTenthFile() throws Exception {
    index = Entries.written(store, 20_000, 10);
  }

  private IndexCursor all() {
    return index.scan(Key.LOWEST, Key.HIGHEST);
  }

  @Test
  void staysWithinItsBounds() throws Exception {
    assertThat(Entries.numbers(index.scan(Entries.key(95), Entries.key(130))))
        .containsExactly(100, 110, 120);
    assertThat(Entries.numbers(index.scan(Entries.key(100), Entries.key(101))))
        .containsExactly(100);
    assertThat(Entries.numbers(index.scan(Entries.key(100), Entries.key(100)))).isEmpty();
    assertThat(Entries.numbers(index.scan(Entries.key(200), Entries.key(100)))).isEmpty();
    assertThat(Entries.numbers(index.scan(Key.folderPrefix(2), Key.HIGHEST))).isEmpty();
    assertThat(Entries.numbers(index.scan(Key.folderPrefix(1), Key.folderPrefix(2))))
        .hasSize(2_000);
  }

  @Test
  void hasNoEntryBeforeTheFirstAndBehindTheLast() throws Exception {
    IndexCursor cursor = index.scan(Entries.key(19_985), Key.HIGHEST);
    assertThatIllegalStateException().isThrownBy(cursor::key);
    assertThat(cursor.advance()).isTrue();
    assertThat(cursor.key()).isEqualTo(Entries.key(19_990));
    assertThat(cursor.advance()).isFalse();
    assertThatIllegalStateException().isThrownBy(cursor::key);
    assertThatIllegalStateException().isThrownBy(cursor::value);
    assertThat(cursor.advance()).isFalse();
  }

  @Test
  void seesWhatIsPutAheadAndNotWhatIsPutBehind() throws Exception {
    IndexCursor cursor = all();
    List<Integer> seen = new ArrayList<>();
    while (cursor.advance()) {
      int at = Entries.number(cursor);
      seen.add(at);
      if (at % 10 == 0) {
        Entries.put(index, at + 1);
        Entries.put(index, at - 9 > 0 ? at - 8 : 19_999);
      }
    }
    assertThat(seen)
        .isEqualTo(
            IntStream.range(0, 20_000).filter(i -> i % 10 < 2 || i == 19_999).boxed().toList());
  }

  @Test
  void removesWhatItComesBy() throws Exception {
    IndexCursor cursor = all();
    int count = 0;
    while (cursor.advance()) {
      assertThat(Entries.number(cursor)).isEqualTo(10 * count);
      index.remove(cursor.key());
      count++;
    }
    assertThat(count).isEqualTo(2_000);
    assertThat(index.write()).isEmpty();
    assertThat(store.liveNodes()).isZero();
  }

  @Test
  void goesOnBehindWhatIsRemovedAhead() throws Exception {
    IndexCursor cursor = all();
    List<Integer> seen = new ArrayList<>();
    while (cursor.advance()) {
      int at = Entries.number(cursor);
      seen.add(at);
      for (int i = 10; i <= 500; i += 10) {
        index.remove(Entries.key(at + i));
      }
    }
    assertThat(seen)
        .isEqualTo(IntStream.range(0, 20_000).filter(i -> i % 510 == 0).boxed().toList());
  }

  @Test
  void survivesWritesAndTrims() throws Exception {
    IndexCursor cursor = all();
    int count = 0;
    while (cursor.advance()) {
      assertThat(Entries.number(cursor)).isEqualTo(10 * count);
      if (count % 100 == 7) {
        index.put(cursor.key(), Entries.file(10 * count).withName("Other"));
        index.write();
        index.trim(0);
      }
      count++;
    }
    assertThat(count).isEqualTo(2_000);
  }

  @Test
  void endsWhenEverythingIsGone() throws Exception {
    IndexCursor cursor = all();
    assertThat(cursor.advance()).isTrue();
    for (int i = 0; i < 20_000; i += 10) {
      index.remove(Entries.key(i));
    }
    assertThat(cursor.advance()).isFalse();
  }
}
