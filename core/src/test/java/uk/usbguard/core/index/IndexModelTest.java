package uk.usbguard.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryAttributes;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.EntryTimes;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.ObjectKind;
import uk.usbguard.core.format.Orphan;
import uk.usbguard.core.format.Value;

/**
 * ENC-02, ENC-03: random operations on an index and on a TreeMap give the same, through any number
 * of writes and openings, and no node is leaked, lost or freed twice. Replay with -Dseed=...
 */
class IndexModelTest {

  /** What kind of life an index leads. */
  enum Life {
    GROWING(70, 15, 300),
    STEADY(45, 45, 300),
    SHRINKING(20, 70, 300),
    /** Keys and values near their limits: few fit into a node. */
    FAT(60, 35, 1_500),
    /** Every pointer of another epoch: salts take much of a node. */
    MANY_EPOCHS(55, 35, 60);

    final int put;
    final int remove;
    final int nameLength;

    Life(int put, int remove, int nameLength) {
      this.put = put;
      this.remove = remove;
      this.nameLength = nameLength;
    }
  }

  private static final EntryTimes TIMES =
      new EntryTimes(Instant.EPOCH, Instant.ofEpochSecond(9, 9));

  static LongStream seeds() {
    Long replayed = Long.getLong("seed");
    return replayed != null
        ? LongStream.of(replayed)
        : LongStream.concat(LongStream.rangeClosed(1, 6), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void behavesLikeATreeMap(long seed) throws Exception {
    System.out.println("IndexModelTest -Dseed=" + seed);
    for (Life life : Life.values()) {
      new Run(new Random(seed), life).run(4_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Life.class)
  void endsEmptyWithoutALiveNode(Life life) throws Exception {
    Run run = new Run(new Random(7), life);
    run.run(3_000);
    run.removeAll();
  }

  @Test
  void survivesAWriteThatFailsHalfway() throws Exception {
    for (int failAfter = 0; failAfter < 30; failAfter++) {
      Run run = new Run(new Random(failAfter), Life.GROWING);
      run.run(2_000);
      run.failOneWrite(failAfter);
    }
  }

  /** One index beside its model. */
  private static final class Run {

    private final Random random;
    private final Life life;
    private final MemoryNodeStore store = new MemoryNodeStore();
    private final TreeMap<Key, Value> model = new TreeMap<>();
    private Index index = Index.empty(store);
    private int epochs;

    Run(Random random, Life life) {
      this.random = random;
      this.life = life;
    }

    void run(int steps) throws Exception {
      if (life == Life.SHRINKING) {
        for (int i = 0; i < 3_000; i++) {
          put();
        }
      }
      for (int i = 0; i < steps; i++) {
        int dice = random.nextInt(100);
        if (dice < life.put) {
          put();
        } else if (dice < life.put + life.remove) {
          remove();
        } else {
          ask();
        }
        if (random.nextInt(400) == 0) {
          writeAndMaybeReopen();
        }
        if (random.nextInt(200) == 0) {
          index.trim(random.nextInt(4));
        }
        if (random.nextInt(500) == 0) {
          compareAll();
        }
      }
      writeAndMaybeReopen();
      compareAll();
    }

    void put() throws Exception {
      if (random.nextInt(100) == 0) {
        putInOrder();
      }
      Value value = value();
      Key key = key(value);
      assertThat(index.put(key, value)).isEqualTo(Optional.ofNullable(model.put(key, value)));
    }

    /** A file of many runs: keys that come in order between others. */
    private void putInOrder() throws Exception {
      long file = 20L + random.nextInt(20); // not the files of the longer runs
      int first = random.nextInt(100);
      for (int i = 0; i < 200; i++) {
        Key key = Key.extent(file, first + i);
        Value run = new ExtentRun(pointer(), 1);
        assertThat(index.put(key, run)).isEqualTo(Optional.ofNullable(model.put(key, run)));
      }
    }

    void remove() throws Exception {
      Key probe = key(value());
      Key key = random.nextInt(10) == 0 ? probe : model.ceilingKey(probe);
      if (key == null) {
        key = probe;
      }
      // Neighbours go together, or nodes would hardly ever get empty.
      int run = random.nextInt(30) == 0 ? 200 : 1;
      while (run-- > 0 && key != null) {
        assertThat(index.remove(key)).isEqualTo(Optional.ofNullable(model.remove(key)));
        key = model.higherKey(key);
      }
    }

    void ask() throws Exception {
      Key key = key(value());
      assertThat(index.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
      assertThat(index.floor(key)).isEqualTo(Optional.ofNullable(model.floorEntry(key)));
      assertThat(index.ceiling(key)).isEqualTo(Optional.ofNullable(model.ceilingEntry(key)));
      Key other = key(value());
      Key from = key.compareTo(other) < 0 ? key : other;
      Key to = key.compareTo(other) < 0 ? other : key;
      int most = random.nextInt(200);
      assertThat(entries(index.scan(from, to), most))
          .isEqualTo(entries(model.subMap(from, to), most));
    }

    void compareAll() throws Exception {
      assertThat(entries(index.scan(Key.LOWEST, Key.HIGHEST), Integer.MAX_VALUE))
          .isEqualTo(entries(model, Integer.MAX_VALUE));
    }

    void writeAndMaybeReopen() throws Exception {
      Optional<IndexRoot> root = index.write();
      checkStore(root);
      int writes = store.writes;
      assertThat(index.write()).isEqualTo(root);
      assertThat(store.writes).as("nothing is written twice").isEqualTo(writes);
      assertThat(index.dirtyNodes()).isZero();
      if (random.nextBoolean()) {
        index = root.map(r -> Index.open(store, r, random.nextInt(20))).orElse(Index.empty(store));
        store.newEpoch(++epochs);
      }
    }

    void checkStore(Optional<IndexRoot> root) throws Exception {
      assertThat(root.isPresent()).isEqualTo(!model.isEmpty());
      int reachable = root.isPresent() ? store.reachable(root.get()).size() : 0;
      assertThat(store.liveNodes()).as("live nodes are those of the tree").isEqualTo(reachable);
    }

    void removeAll() throws Exception {
      List<Key> keys = new ArrayList<>(model.keySet());
      Collections.shuffle(keys, random);
      for (Key key : keys) {
        assertThat(index.remove(key)).isPresent();
      }
      model.clear();
      assertThat(index.dirtyNodes()).isZero();
      assertThat(index.write()).isEmpty();
      assertThat(store.liveNodes()).isZero();
      assertThat(store.frees).isEqualTo(store.writes);
    }

    void failOneWrite(int after) throws Exception {
      for (int i = 0; i < 300; i++) {
        put();
        remove();
      }
      int frees = store.frees;
      store.failWritesAfter(after);
      try {
        index.write();
      } catch (IOException e) {
        assertThat(store.frees).as("nothing is freed by a write that failed").isEqualTo(frees);
      }
      store.failWritesAfter(Integer.MAX_VALUE);
      put();
      compareAll();
      checkStore(index.write());
      compareAll();
    }

    private Key key(Value value) {
      if (value instanceof DirectoryEntry entry) {
        return entry.keyIn(1 + random.nextInt(5));
      }
      if (value instanceof ExtentRun) {
        return Key.extent(random.nextInt(20), 255L * random.nextInt(100)); // runs never overlap
      }
      long number = random.nextInt(700);
      if (value instanceof BatchUse) {
        return Key.batch(number * 4096);
      }
      return value instanceof FreeRun ? Key.free(number * 4096) : Key.orphan(number);
    }

    private Value value() {
      return switch (random.nextInt(life == Life.FAT ? 4 : 8)) {
        case 4 -> new ExtentRun(pointer(), 1 + random.nextInt(255));
        case 5 -> new BatchUse(4096, random.nextInt(4096), random.nextLong());
        case 6 -> new FreeRun(1 + random.nextInt(9), random.nextLong(), random.nextLong());
        case 7 -> new Orphan(random.nextBoolean() ? ObjectKind.FILE : ObjectKind.FOLDER);
        default -> entry();
      };
    }

    private DirectoryEntry entry() {
      return new DirectoryEntry(
          ObjectKind.FILE, name(), 2 + random.nextInt(9), content(), EntryAttributes.NONE, TIMES);
    }

    private EntryContent content() {
      return switch (random.nextInt(life == Life.MANY_EPOCHS ? 1 : 4)) {
        case 0 -> EntryContent.oneRecord(pointer());
        case 1 -> EntryContent.inline(new byte[1 + random.nextInt(IndexLimits.INLINE)]);
        case 2 -> EntryContent.extents(1 + random.nextInt(9));
        default -> EntryContent.NONE;
      };
    }

    private DataPointer pointer() {
      EpochSalt epoch = MemoryNodeStore.salt(random.nextInt(life == Life.MANY_EPOCHS ? 10_000 : 3));
      return new DataPointer(epoch, random.nextLong(), 4096, 128, 1 + random.nextInt(50));
    }

    /** A few thousand different names, some of which share a long beginning. */
    private String name() {
      int number = random.nextInt(2_000);
      int length = new Random(number).nextInt(life.nameLength);
      String beginning = (number % 3 == 0 ? "a" : "B").repeat(Math.min(length, 1_000));
      return beginning + number;
    }

    private static List<Map.Entry<Key, Value>> entries(IndexCursor cursor, int most)
        throws Exception {
      List<Map.Entry<Key, Value>> entries = new ArrayList<>();
      while (entries.size() < most && cursor.advance()) {
        entries.add(Map.entry(cursor.key(), cursor.value()));
      }
      return entries;
    }

    private static List<Map.Entry<Key, Value>> entries(Map<Key, Value> map, int most) {
      return map.entrySet().stream().limit(most).map(Map.Entry::copyOf).toList();
    }
  }
}
