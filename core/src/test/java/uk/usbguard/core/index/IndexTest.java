package uk.usbguard.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.ObjectKind;
import uk.usbguard.core.format.Orphan;

/** How the tree grows, shrinks, fills its nodes and spares the store. */
class IndexTest {

  private final MemoryNodeStore store = new MemoryNodeStore();

  @Test
  void isEmptyAtFirst() throws Exception {
    Index index = Index.empty(store);
    assertThat(index.get(Entries.key(1))).isEmpty();
    assertThat(index.remove(Entries.key(1))).isEmpty();
    assertThat(index.floor(Key.HIGHEST)).isEmpty();
    assertThat(index.ceiling(Key.LOWEST)).isEmpty();
    assertThat(index.scan(Key.LOWEST, Key.HIGHEST).advance()).isFalse();
    assertThat(index.write()).isEmpty();
    assertThat(store.writes).isZero();
  }

  @Test
  void refusesKeysThatLeadToSomethingElse() {
    Index index = Index.empty(store);
    BatchUse use = new BatchUse(4096, 0, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> index.put(Key.orphan(1), use));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.put(Key.prefix(Key.Kind.BATCH), use));
    assertThatIllegalArgumentException().isThrownBy(() -> index.put(Key.LOWEST, use));
  }

  @Test
  void neverStoresNodesThatCameAndWentBetweenTwoWrites() throws Exception {
    Index index = Index.empty(store);
    for (int i = 0; i < 5_000; i++) {
      Entries.put(index, i);
    }
    for (int i = 0; i < 5_000; i++) {
      index.remove(Entries.key(i));
    }
    assertThat(index.write()).isEmpty();
    assertThat(store.writes).isZero();
    assertThat(store.frees).isZero();
  }

  @Test
  void readsAndWritesOnlyTheWayToWhatChanges() throws Exception {
    Index built = Entries.written(store, 100_000, 1);
    IndexRoot root = built.write().orElseThrow();
    assertThat(root.level()).isEqualTo(2);
    Index index = Index.open(store, root);
    store.reads = 0;
    store.writes = 0;
    store.frees = 0;
    index.put(Entries.key(50_000), Entries.file(7));
    assertThat(store.reads).isEqualTo(3);
    assertThat(index.dirtyNodes()).isEqualTo(3);
    assertThat(index.heldNodes()).as("none is held twice").isEqualTo(3);
    index.write();
    assertThat(store.writes).isEqualTo(3);
    assertThat(store.frees).isEqualTo(3);
  }

  @Test
  void writesNothingForAValueThatIsThereAlready() throws Exception {
    Index index = Entries.written(store, 1_000, 1);
    int writes = store.writes;
    assertThat(index.put(Entries.key(5), Entries.file(5))).contains(Entries.file(5));
    assertThat(index.remove(Entries.key(5_000))).isEmpty();
    index.write();
    assertThat(store.writes).isEqualTo(writes);
  }

  @Test
  void splitsInnerNodesThatFillUpWithEpochs() throws Exception {
    Index index = Entries.written(store, 25_000, 1);
    assertThat(index.write().orElseThrow().level()).isEqualTo(1);
    for (int i = 0; i < 1_000; i++) {
      store.newEpoch(100 + i);
      index.put(Entries.key(i * 7_919 % 25_000), Entries.file(i));
      index.write();
      index.trim(0);
    }
    IndexRoot root = index.write().orElseThrow();
    assertThat(root.level()).isEqualTo(2);
    assertThat(store.reachable(root)).hasSize(store.liveNodes());
  }

  @Test
  void growsAndShrinksInHeight() throws Exception {
    Index index = Entries.written(store, 60_000, 1);
    assertThat(index.write().orElseThrow().level()).isEqualTo(2);
    for (int i = 0; i < 59_000; i++) {
      index.remove(Entries.key(i));
    }
    assertThat(index.write().orElseThrow().level()).isEqualTo(1);
    for (int i = 59_000; i < 59_999; i++) {
      index.remove(Entries.key(i));
    }
    IndexRoot last = index.write().orElseThrow();
    assertThat(last.level()).isZero();
    assertThat(store.liveNodes()).isEqualTo(1);
    index.remove(Entries.key(59_999));
    assertThat(index.write()).isEmpty();
    assertThat(store.liveNodes()).isZero();
  }

  @Test
  void mergesWhatScatteredRemovalsLeave() throws Exception {
    Index index = Entries.written(store, 20_000, 1);
    int before = store.liveNodes();
    for (int i = 0; i < 20_000; i++) {
      if (i % 20 != 0) {
        index.remove(Entries.key(i));
      }
    }
    index.write();
    // A twentieth of the entries, in nodes of at least a quarter: at most a fifth of the nodes.
    assertThat(store.liveNodes()).isLessThan(before / 5);
    assertThat(Entries.numbers(index.scan(Key.LOWEST, Key.HIGHEST)))
        .isEqualTo(IntStream.range(0, 1_000).map(i -> i * 20).boxed().toList());
  }

  @Test
  void fillsNodesWhereEntriesComeInOrder() throws Exception {
    Index index = Entries.written(store, 50_000, 1);
    index.write();
    assertThat(store.liveBytes() / store.liveNodes()).isGreaterThan(IndexLimits.NODE * 85 / 100);
  }

  @Test
  void fillsNodesWhereEntriesComeInOrderInTheMiddle() throws Exception {
    Index index = Index.empty(store);
    index.put(Key.orphan(1), new Orphan(ObjectKind.FILE));
    index.put(
        Key.folderPrefix(0).afterPrefix().isComplete() ? Key.LOWEST : Key.entry(0, "a"), file(1));
    for (int i = 0; i < 50_000; i++) {
      Entries.put(index, i);
    }
    index.write();
    assertThat(store.liveBytes() / store.liveNodes()).isGreaterThan(IndexLimits.NODE * 80 / 100);
  }

  /** One leaf takes what fits to the byte and splits one byte later. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 1", "256, 1"})
  void splitsALeafWhenItWouldBeTooLong(int beyond, int level) throws Exception {
    Index index = Index.empty(store);
    int left = IndexLimits.NODE - IndexLimits.NODE_HEADER;
    int number = 0;
    while (left > 800) {
      left -= putSized(index, number++, 400);
    }
    putSized(index, number, left + beyond);
    IndexRoot root = index.write().orElseThrow();
    assertThat(root.level()).isEqualTo(level);
    if (level == 0) {
      assertThat(root.pointer().plainLength()).isEqualTo(IndexLimits.NODE);
    }
    assertThat(Entries.numbers(Index.open(store, root).scan(Key.LOWEST, Key.HIGHEST)))
        .hasSize(number + 1);
  }

  /** Puts an entry that takes exactly so many bytes of a leaf. */
  private static int putSized(Index index, int number, int bytes) throws Exception {
    String name = "%03d".formatted(number);
    DirectoryEntry entry = file(number).withName(name);
    int more = bytes - LeafNode.entryLength(entry.keyIn(1), entry);
    // A letter more in the name is one more in the key; an odd rest goes into the content.
    entry = entry.withName(name + "x".repeat((more - 2 - (more % 2)) / 2 - 1));
    entry = entry.withContent(EntryContent.inline(new byte[2 + more % 2]));
    assertThat(LeafNode.entryLength(entry.keyIn(1), entry)).isEqualTo(bytes);
    index.put(entry.keyIn(1), entry);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 8, 9, 50, 51, 52, 500})
  void holdsAnyNumberOfTheLargestEntries(int count) throws Exception {
    Index index = Index.empty(store);
    for (int i = 0; i < count; i++) {
      DirectoryEntry entry = largest(i);
      index.put(entry.keyIn(1), entry);
    }
    IndexRoot root = index.write().orElseThrow();
    assertThat(store.reachable(root)).hasSize(store.liveNodes());
    Index again = Index.open(store, root, 2);
    for (int i = 0; i < count; i++) {
      assertThat(again.get(largest(i).keyIn(1))).contains(largest(i));
      assertThat(again.remove(largest(i).keyIn(1))).contains(largest(i));
    }
    assertThat(again.write()).isEmpty();
    assertThat(store.liveNodes()).isZero();
  }

  private static DirectoryEntry file(int number) {
    return Entries.file(number).withContent(EntryContent.NONE);
  }

  private static DirectoryEntry largest(int number) {
    // U+0149 folds to three bytes; the first letters make the keys differ late.
    String name = "\u0149".repeat(509) + "%06d".formatted(number);
    return file(number).withName(name).withContent(EntryContent.inline(new byte[256]));
  }

  @Test
  void findsFloorsAndCeilingsAcrossLeaves() throws Exception {
    Index index = Entries.written(store, 20_000, 10);
    for (int i = 0; i < 19_990; i++) {
      int floor = i / 10 * 10;
      assertThat(index.floor(Entries.key(i)).orElseThrow().getKey()).isEqualTo(Entries.key(floor));
      int ceiling = (i + 9) / 10 * 10;
      assertThat(index.ceiling(Entries.key(i)).orElseThrow().getKey())
          .isEqualTo(Entries.key(ceiling));
    }
    assertThat(index.floor(Key.LOWEST)).isEmpty();
    assertThat(index.ceiling(Key.HIGHEST)).isEmpty();
    assertThat(index.floor(Key.HIGHEST).orElseThrow().getKey()).isEqualTo(Entries.key(19_990));
  }

  @Test
  void findsFloorsBelowALeafWhoseFirstEntriesAreGone() throws Exception {
    Index index = Entries.written(store, 20_000, 1);
    // Half of them, so that no leaf becomes small enough for a merge.
    Random random = new Random(5);
    TreeSet<Integer> left = new TreeSet<>(List.of(0));
    for (int i = 1; i < 20_000; i++) {
      if (random.nextBoolean()) {
        left.add(i);
      } else {
        index.remove(Entries.key(i));
      }
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(index.floor(Entries.key(i)).orElseThrow().getKey())
          .isEqualTo(Entries.key(left.floor(i)));
    }
  }

  @Test
  void keepsAMillionEntriesInFewNodesOfMemory() throws Exception {
    int count = 1_000_000;
    Index index = Index.empty(store);
    for (int i = 0; i < count; i++) {
      index.put(Key.batch(i), new BatchUse(4096, 1, i));
      if (i % 50_000 == 0) {
        index.write();
      }
    }
    Index again = Index.open(store, index.write().orElseThrow(), 16);
    IndexCursor cursor = again.scan(Key.LOWEST, Key.HIGHEST);
    int seen = 0;
    int held = 0;
    while (cursor.advance() && cursor.key().id() == seen) {
      seen++;
      held = Math.max(held, again.heldNodes());
    }
    assertThat(seen).isEqualTo(count);
    assertThat(held).isLessThanOrEqualTo(16);
  }

  @Test
  void dropsCleanNodesWhenAsked() throws Exception {
    Index index = Entries.written(store, 20_000, 1);
    assertThat(index.heldNodes()).isGreaterThan(10);
    index.trim(3);
    assertThat(index.heldNodes()).isEqualTo(3);
    Entries.put(index, 20_000);
    index.trim(0);
    assertThat(index.heldNodes()).isEqualTo(index.dirtyNodes()).isPositive();
    assertThat(index.get(Entries.key(20_000))).isPresent();
  }

  @Test
  void freesNothingBeforeTheNextWrite() throws Exception {
    Index index = Entries.written(store, 5_000, 1);
    IndexRoot before = index.write().orElseThrow();
    for (int i = 0; i < 4_000; i++) {
      index.remove(Entries.key(i));
    }
    assertThat(store.frees).isZero();
    // Until then the tree as it was can be opened, as after a crash.
    Index old = Index.open(store, before);
    assertThat(Entries.numbers(old.scan(Key.LOWEST, Key.HIGHEST))).hasSize(5_000);
    index.write();
    assertThat(store.frees).isPositive();
    assertThat(store.reachable(index.write().orElseThrow())).doesNotContain(before.pointer());
  }
}
