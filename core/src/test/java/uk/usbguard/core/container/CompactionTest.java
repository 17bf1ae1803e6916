package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.extent.Layout;

/** Compaction gives back what is free, at the first time of asking. */
class CompactionTest {

  private static final int FILES = 80;
  private static final int FILE_BYTES = 200_000;

  /** The key areas and root slots, and what the last commits themselves have written. */
  private static final long OVERHEAD = 3 << 20;

  /** What the commits leave that freed space waits for. */
  private static final long WAITING = 1 << 20;

  private Rig rig;

  @BeforeEach
  void fill() throws Exception {
    rig = new Rig(64);
    for (int i = 0; i < FILES; i++) {
      rig.put(name(i), Rig.bytes(i, FILE_BYTES));
    }
    rig.container.commit();
  }

  private static String name(int number) {
    return "file" + number;
  }

  private CompactResult compact() throws IOException, ContainerException {
    return rig.container.compact(ProgressListener.none());
  }

  @ParameterizedTest(name = "every file but each {0}th is removed")
  @ValueSource(ints = {2, 3, 8, 80})
  void whatIsLeftTakesLittleMoreThanItself(int kept) throws Exception {
    long left = 0;
    for (int i = 0; i < FILES; i++) {
      if (i % kept == 0) {
        left += FILE_BYTES;
      } else {
        rig.container.remove(Rig.path(name(i)));
      }
    }

    CompactResult result = compact();

    assertThat(result.bytesAfter()).isLessThan(left + OVERHEAD);
    for (int i = 0; i < FILES; i += kept) {
      assertThat(rig.get(name(i))).isEqualTo(Rig.bytes(i, FILE_BYTES));
    }
  }

  @Test
  @DisplayName("With nothing to give back no commit is made and no byte is added")
  void aContainerWithNothingToGiveBackStaysAsItIs() throws Exception {
    long generation = rig.container.info().generation();

    CompactResult result = compact();
    CompactResult again = compact();

    assertThat(result.bytesMoved()).isZero();
    assertThat(result.bytesAfter()).isLessThanOrEqualTo(result.bytesBefore());
    assertThat(again.bytesAfter()).isEqualTo(result.bytesAfter());
    assertThat(rig.container.info().generation()).isEqualTo(generation);
  }

  @Test
  @DisplayName("With everything removed little more than an empty container is left")
  void everythingRemoved() throws Exception {
    for (int i = 0; i < FILES; i++) {
      rig.container.remove(Rig.path(name(i)));
    }

    CompactResult result = compact();

    assertThat(result.bytesAfter()).isLessThan(Layout.FIRST_BATCH + WAITING);
    assertThat(compact().bytesAfter()).isEqualTo(result.bytesAfter());
    assertBooksAreRight();
  }

  @ParameterizedTest(name = "small files {0}, segments of {1} MiB")
  @CsvSource({
    "none, 64", "before, 64", "after, 64", "both, 64",
    "none, 4", "before, 4", "after, 4", "both, 4",
  })
  @DisplayName("A large file that was removed is given back at the first time of asking")
  void aLargeFileRemoved(String small, int segmentMib) throws Exception {
    rig = new Rig(segmentMib);
    boolean before = small.equals("before") || small.equals("both");
    boolean after = small.equals("after") || small.equals("both");
    if (before) {
      rig.put("before", Rig.bytes(1, 3_000));
      rig.container.commit();
    }
    rig.put("large", Rig.bytes(2, 40_000_000));
    rig.container.commit();
    if (after) {
      rig.put("after", Rig.bytes(3, 90_000));
    }
    rig.reopen();
    rig.container.remove(Rig.path("large"));
    rig.reopen();

    CompactResult result = compact();

    assertThat(result.complete()).isTrue();
    assertThat(result.bytesAfter()).isLessThan(Layout.FIRST_BATCH + WAITING);
    rig.reopen();
    assertThat(compact().bytesAfter()).isEqualTo(result.bytesAfter());
    if (before) {
      assertThat(rig.get("before")).isEqualTo(Rig.bytes(1, 3_000));
    }
    if (after) {
      assertThat(rig.get("after")).isEqualTo(Rig.bytes(3, 90_000));
    }
    assertBooksAreRight();
  }

  @Test
  @DisplayName("The end is brought forward over a large file that was removed in the middle")
  void aFileInTheMiddleRemoved() throws Exception {
    rig.put("middle", Rig.bytes(2, 20_000_000));
    rig.container.commit();
    rig.put("last", Rig.bytes(3, 12_000_000));
    rig.container.commit();
    rig.container.remove(Rig.path("middle"));

    CompactResult result = compact();

    assertThat(result.bytesAfter()).isLessThan(FILES * FILE_BYTES + 12_000_000 + OVERHEAD);
    assertThat(rig.get("last")).isEqualTo(Rig.bytes(3, 12_000_000));
    assertBooksAreRight();
  }

  @Test
  @DisplayName("A container that once passed the third anchor area grows over it again")
  void growsOverTheThirdAreaAgain() throws Exception {
    rig.put("large", Rig.bytes(2, 40_000_000));
    rig.container.commit();
    rig.container.remove(Rig.path("large"));
    assertThat(compact().bytesAfter()).isLessThan(Layout.area(2));
    rig.reopen();
    assertThat(rig.container.openReport().damagedKeyAreas()).isEmpty();

    rig.put("again", Rig.bytes(4, 40_000_000));
    rig.reopen();

    assertThat(rig.container.openReport().damagedKeyAreas()).isEmpty();
    assertThat(rig.get("again")).isEqualTo(Rig.bytes(4, 40_000_000));
    assertThat(rig.get(name(0))).isEqualTo(Rig.bytes(0, FILE_BYTES));
    assertBooksAreRight();
  }

  @Test
  @DisplayName("What info calls free is free, and what is stored next goes there")
  void whatIsFreeIsSaid() throws Exception {
    long content = (long) FILES * FILE_BYTES;
    assertThat(rig.container.info().freeBytes()).isLessThan(1 << 20);
    rig.put("large", Rig.bytes(2, 40_000_000));
    rig.container.commit();
    rig.container.remove(Rig.path("large"));
    rig.container.commit();

    ContainerInfo removed = rig.container.info();
    try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
      assertThat(reader.info().freeBytes()).isEqualTo(removed.freeBytes());
    }
    assertThat(removed.freeBytes())
        .isBetween(39_000_000L, removed.fileBytes() - content - Layout.FIRST_BATCH);
    compact();
    ContainerInfo compacted = rig.container.info();
    assertThat(compacted.freeBytes())
        .isBetween(0L, compacted.fileBytes() - content - Layout.FIRST_BATCH);
  }

  private void assertBooksAreRight() throws Exception {
    rig.reopen();
    try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
      assertThat(BookAudit.of(reader).faults()).isEmpty();
    }
  }
}
