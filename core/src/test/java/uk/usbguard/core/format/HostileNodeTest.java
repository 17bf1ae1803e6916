package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;

/** ENC-02, ENC-03: what is not a node is refused as damage, whatever it claims. */
class HostileNodeTest {

  private static final long POSITION = 0x1_0000_2080L;

  /** Offset of the entry count, and of the first entry in a node of so many epochs. */
  private static final int COUNT_AT = 4;

  private static int entriesAt(int epochs) {
    return IndexLimits.NODE_HEADER + epochs * EpochSalt.LENGTH;
  }

  private static byte[] leafWith(Consumer<ByteBuffer> change) {
    return changed(NodeCodecTest.encoded(NodeCodecTest.leaf()), change);
  }

  private static byte[] innerWith(Consumer<ByteBuffer> change) {
    return changed(NodeCodecTest.encoded(NodeCodecTest.inner()), change);
  }

  private static byte[] changed(byte[] bytes, Consumer<ByteBuffer> change) {
    change.accept(ByteBuffer.wrap(bytes));
    return bytes;
  }

  private static byte[] orphans(long... ids) {
    List<Key> keys = Arrays.stream(ids).mapToObj(Key::orphan).toList();
    List<Value> values =
        Arrays.stream(ids).<Value>mapToObj(id -> new Orphan(ObjectKind.FILE)).toList();
    return NodeCodecTest.encoded(new LeafNode(keys, values));
  }

  private static byte[] entryLeaf(DirectoryEntry entry) {
    return NodeCodecTest.encoded(new LeafNode(List.of(entry.keyIn(1)), List.of(entry)));
  }

  private static byte[] aFile(Consumer<ByteBuffer> change) {
    DirectoryEntry entry = ValuesTest.file("a", EntryContent.inline(new byte[] {9}));
    return changed(entryLeaf(entry), change);
  }

  private static byte[] aFolder(Consumer<ByteBuffer> change) {
    return changed(entryLeaf(ValuesTest.folder("a")), change);
  }

  /** Offset of the entry's value in {@link #aFile} and {@link #aFolder}: a key of 10 bytes. */
  private static final int VALUE_AT = IndexLimits.NODE_HEADER + 2 + 10 + 2;

  private static byte[] aBatch(Consumer<ByteBuffer> change) {
    return changed(
        NodeCodecTest.encoded(
            new LeafNode(List.of(Key.batch(0)), List.of(new BatchUse(8192, 1, 1)))),
        change);
  }

  private static final int BATCH_VALUE_AT = IndexLimits.NODE_HEADER + 2 + 9 + 2;

  private static byte[] aRun(Consumer<ByteBuffer> change) {
    DataPointer first = new DataPointer(NodeCodecTest.S0, 0, 4096, 128, 10);
    return changed(
        NodeCodecTest.encoded(
            new LeafNode(List.of(Key.extent(9, 0)), List.of(new ExtentRun(first, 1)))),
        change);
  }

  private static final int RUN_VALUE_AT = IndexLimits.NODE_HEADER + EpochSalt.LENGTH + 2 + 17 + 2;

  static Stream<Arguments> hostile() {
    int leafEntries = entriesAt(2);
    int innerEntries = entriesAt(2);
    return Stream.of(
        Arguments.of("no bytes", 0, new byte[0]),
        Arguments.of("half a header", 0, new byte[] {1, 0, 0}),
        Arguments.of("all zero", 0, new byte[IndexLimits.NODE]),
        Arguments.of("longer than a node", 0, new byte[IndexLimits.NODE + 1]),
        Arguments.of("an empty leaf", 0, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}),
        Arguments.of("an empty inner node", 1, new byte[] {2, 1, 0, 0, 0, 0, 0, 0}),
        Arguments.of("another kind", 0, leafWith(b -> b.put(0, (byte) 3))),
        Arguments.of("an inner node of level 0", 0, innerWith(b -> b.put(1, (byte) 0))),
        Arguments.of("a leaf of level 1", 1, leafWith(b -> b.put(1, (byte) 1))),
        Arguments.of("a level above the one asked for", 1, innerWith(b -> b.put(1, (byte) 2))),
        Arguments.of("a leaf where an inner node belongs", 1, leafWith(b -> {})),
        Arguments.of("2^32-1 entries", 0, leafWith(b -> b.putInt(COUNT_AT, -1))),
        Arguments.of("2^32-1 children", 1, innerWith(b -> b.putInt(COUNT_AT, -1))),
        Arguments.of("2^31-1 entries", 0, leafWith(b -> b.putInt(COUNT_AT, Integer.MAX_VALUE))),
        Arguments.of("an entry too many", 0, leafWith(b -> b.putInt(COUNT_AT, 8))),
        Arguments.of("an entry too few", 0, leafWith(b -> b.putInt(COUNT_AT, 6))),
        Arguments.of("65,535 epochs", 0, leafWith(b -> b.putShort(2, (short) -1))),
        Arguments.of("an epoch too few", 0, leafWith(b -> b.putShort(2, (short) 1))),
        Arguments.of(
            "an epoch twice",
            0,
            leafWith(
                b ->
                    b.put(
                        entriesAt(1),
                        b.slice(entriesAt(0), EpochSalt.LENGTH),
                        0,
                        EpochSalt.LENGTH))),
        Arguments.of("an epoch without use", 0, unusedEpoch()),
        Arguments.of("epochs in another order", 1, swappedEpochs()),
        Arguments.of(
            "an epoch number out of range",
            1,
            innerWith(b -> b.putShort(innerEntries + 2, (short) 2))),
        Arguments.of(
            "an epoch number of 65,535",
            1,
            innerWith(b -> b.putShort(innerEntries + 2, (short) -1))),
        Arguments.of(
            "a key beyond the end", 0, leafWith(b -> b.putShort(leafEntries, (short) 1_600))),
        Arguments.of(
            "a key above the cap", 0, leafWith(b -> b.putShort(leafEntries, (short) 1_601))),
        Arguments.of(
            "an empty key in a leaf", 0, leafWith(b -> b.putShort(leafEntries, (short) 0))),
        Arguments.of("a key of kind 0", 0, leafWith(b -> b.put(leafEntries + 2, (byte) 0))),
        Arguments.of("a key of kind 6", 0, leafWith(b -> b.put(leafEntries + 2, (byte) 6))),
        Arguments.of("a key of another length", 0, leafWith(b -> b.put(leafEntries + 2, (byte) 2))),
        Arguments.of("a first child with a key", 1, firstChildWithKey()),
        Arguments.of(
            "unsorted keys", 0, changed(orphans(7, 8), b -> b.put(b.capacity() - 4, (byte) 6))),
        Arguments.of(
            "a key twice", 0, changed(orphans(7, 8), b -> b.put(b.capacity() - 4, (byte) 7))),
        Arguments.of("unsorted children", 1, innerWith(b -> b.put(b.capacity() - 43, (byte) 1))),
        Arguments.of("a byte too many", 0, Arrays.copyOf(orphans(7), orphans(7).length + 1)),
        Arguments.of(
            "a value too long", 0, aBatch(b -> b.putShort(BATCH_VALUE_AT - 2, (short) 17))),
        Arguments.of(
            "a value too short", 0, aBatch(b -> b.putShort(BATCH_VALUE_AT - 2, (short) 15))),
        Arguments.of(
            "a value above the cap", 0, aBatch(b -> b.putShort(BATCH_VALUE_AT - 2, (short) -1))),
        Arguments.of(
            "an object of kind 3", 0, changed(orphans(7), b -> b.put(b.capacity() - 1, (byte) 3))),
        Arguments.of("a batch of 8,193 bytes", 0, aBatch(b -> b.putInt(BATCH_VALUE_AT, 8_193))),
        Arguments.of("a batch of nothing", 0, aBatch(b -> b.putInt(BATCH_VALUE_AT, 0))),
        Arguments.of(
            "a batch of 16 MiB and more",
            0,
            aBatch(b -> b.putInt(BATCH_VALUE_AT, (1 << 24) + 4096))),
        Arguments.of(
            "more live than there is", 0, aBatch(b -> b.putInt(BATCH_VALUE_AT + 4, 8_193))),
        Arguments.of("free bytes: none", 0, noFreeBytes()),
        Arguments.of("a run of no records", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 26, 0))),
        Arguments.of("a run of 256 records", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 26, 256))),
        Arguments.of("a run of 2^32-1 records", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 26, -1))),
        Arguments.of(
            "a run beyond its batch",
            0,
            aRun(b -> b.putInt(RUN_VALUE_AT + 26, 255).putInt(RUN_VALUE_AT + 18, 1 << 20))),
        Arguments.of("a record of nothing", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 22, 0))),
        Arguments.of("a record of 65,537", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 22, 65_537))),
        Arguments.of("a record in a frame", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 18, 127))),
        Arguments.of(
            "a record at 2^31", 0, aRun(b -> b.putInt(RUN_VALUE_AT + 18, Integer.MIN_VALUE))),
        Arguments.of("a batch between blocks", 0, aRun(b -> b.putLong(RUN_VALUE_AT + 10, 4_097))),
        Arguments.of(
            "a batch in segment 1,000", 0, aRun(b -> b.putLong(RUN_VALUE_AT + 10, 1_000L << 32))),
        Arguments.of("a batch below zero", 0, aRun(b -> b.putLong(RUN_VALUE_AT + 10, -4_096))),
        Arguments.of("a file of kind 0", 0, aFile(b -> b.put(VALUE_AT, (byte) 0))),
        Arguments.of("a folder with content", 0, aFile(b -> b.put(VALUE_AT, (byte) 1))),
        Arguments.of("content of kind 4", 0, aFile(b -> b.put(VALUE_AT + 1, (byte) 4))),
        Arguments.of("another content", 0, aFile(b -> b.put(VALUE_AT + 1, (byte) 2))),
        Arguments.of("a third attribute", 0, aFile(b -> b.putShort(VALUE_AT + 2, (short) 4))),
        Arguments.of("object id 0", 0, aFile(b -> b.putLong(VALUE_AT + 4, 0))),
        Arguments.of("the root's object id", 0, aFile(b -> b.putLong(VALUE_AT + 4, 1))),
        Arguments.of("a size without bytes", 0, aFolder(b -> b.putLong(VALUE_AT + 12, 1))),
        Arguments.of("another size", 0, aFile(b -> b.putLong(VALUE_AT + 12, 2))),
        Arguments.of("extents of no size", 0, aFolder(b -> b.put(VALUE_AT + 1, (byte) 3))),
        Arguments.of(
            "a size below zero",
            0,
            aFolder(b -> b.put(VALUE_AT + 1, (byte) 3).putLong(VALUE_AT + 12, -1))),
        Arguments.of("a time out of time", 0, aFile(b -> b.putLong(VALUE_AT + 20, Long.MAX_VALUE))),
        Arguments.of("10^9 nanoseconds", 0, aFile(b -> b.putInt(VALUE_AT + 28, 1_000_000_000))),
        Arguments.of("a name of nothing", 0, aFile(b -> b.putShort(VALUE_AT + 44, (short) 0))),
        Arguments.of(
            "a name above the cap", 0, aFile(b -> b.putShort(VALUE_AT + 44, (short) 1_025))),
        Arguments.of("a slash as a name", 0, aFile(b -> b.put(VALUE_AT + 46, (byte) '/'))),
        Arguments.of("a dot as a name", 0, aFile(b -> b.put(VALUE_AT + 46, (byte) '.'))),
        Arguments.of("NUL as a name", 0, aFile(b -> b.put(VALUE_AT + 46, (byte) 0))),
        Arguments.of("a name that is not UTF-8", 0, aFile(b -> b.put(VALUE_AT + 46, (byte) 0xFF))),
        Arguments.of(
            "inline content of nothing", 0, aFile(b -> b.putShort(VALUE_AT + 47, (short) 0))),
        Arguments.of(
            "inline content above the cap", 0, aFile(b -> b.putShort(VALUE_AT + 47, (short) 257))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refusesAsDamageOfTheIndex(String what, int level, byte[] bytes) {
    assertThatThrownBy(() -> NodeCodec.decode(bytes, level, POSITION))
        .as(what)
        .isInstanceOfSatisfying(
            DamagedContainerException.class,
            e -> {
              assertThat(e.part()).isEqualTo(Part.INDEX);
              assertThat(e.position()).isEqualTo(POSITION);
            });
  }

  @Test
  void startsFromNodesThatAreFine() throws Exception {
    for (byte[] fine : List.of(aFile(b -> {}), aFolder(b -> {}), aBatch(b -> {}), aRun(b -> {}))) {
      assertReencodes(fine, 0);
    }
    assertReencodes(orphans(7, 8), 0);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] leaf = NodeCodecTest.encoded(NodeCodecTest.leaf());
    byte[] inner = NodeCodecTest.encoded(NodeCodecTest.inner());
    IntStream.range(0, leaf.length).forEach(n -> assertRefused(Arrays.copyOf(leaf, n), 0));
    IntStream.range(0, inner.length).forEach(n -> assertRefused(Arrays.copyOf(inner, n), 1));
  }

  @Test
  void givesBackEveryChangedByteOrRefusesIt() {
    for (int level = 0; level <= 1; level++) {
      byte[] bytes =
          NodeCodecTest.encoded(level == 0 ? NodeCodecTest.leaf() : NodeCodecTest.inner());
      for (int i = 0; i < bytes.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] changed = bytes.clone();
          changed[i] ^= (byte) (1 << bit);
          assertReencodesOrRefused(changed, level);
        }
      }
    }
  }

  @Test
  void neverThrowsAnythingElseForRandomBytes() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("HostileNodeTest -Dseed=" + seed);
    Random random = new Random(seed);
    byte[][] models = {
      NodeCodecTest.encoded(NodeCodecTest.leaf()), NodeCodecTest.encoded(NodeCodecTest.inner())
    };
    for (int round = 0; round < 50_000; round++) {
      int level = random.nextInt(2);
      byte[] bytes = Arrays.copyOf(models[level], random.nextInt(2 * models[level].length));
      for (int i = random.nextInt(5); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertReencodesOrRefused(bytes, level);
    }
  }

  @Test
  void takesNoMemoryForWhatANodeOnlyClaims() {
    byte[] leaf = leafWith(b -> b.putInt(COUNT_AT, Integer.MAX_VALUE));
    byte[] epochs = leafWith(b -> b.putShort(2, (short) -1));
    assertRefused(leaf, 0);
    assertRefused(epochs, 0);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      refuse(leaf);
      refuse(epochs);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200 * 8_192L);
  }

  private static void refuse(byte[] bytes) {
    try {
      NodeCodec.decode(bytes, 0, POSITION);
    } catch (DamagedContainerException e) {
      return;
    }
    throw new AssertionError("not refused");
  }

  private static void assertRefused(byte[] bytes, int level) {
    assertThatThrownBy(() -> NodeCodec.decode(bytes, level, POSITION))
        .isInstanceOf(DamagedContainerException.class);
  }

  private static void assertReencodes(byte[] bytes, int level) throws DamagedContainerException {
    assertThat(NodeCodecTest.encoded(NodeCodec.decode(bytes, level, POSITION))).isEqualTo(bytes);
  }

  private static void assertReencodesOrRefused(byte[] bytes, int level) {
    try {
      assertReencodes(bytes, level);
    } catch (DamagedContainerException e) {
      assertThat(e.part()).isEqualTo(Part.INDEX);
    }
  }

  private static byte[] unusedEpoch() {
    byte[] bytes = orphans(7);
    ByteBuffer out = ByteBuffer.allocate(bytes.length + EpochSalt.LENGTH);
    out.put(bytes, 0, IndexLimits.NODE_HEADER).put(new byte[EpochSalt.LENGTH]);
    out.put(bytes, IndexLimits.NODE_HEADER, bytes.length - IndexLimits.NODE_HEADER);
    return out.putShort(2, (short) 1).array();
  }

  /** The same content, but number 1 is used before number 0. */
  private static byte[] swappedEpochs() {
    return innerWith(
        b -> {
          NodeCodecTest.S1.writeTo(b.position(entriesAt(0)));
          NodeCodecTest.S0.writeTo(b);
          int second = entriesAt(2) + 44;
          b.putShort(entriesAt(2) + 2, (short) 1);
          b.putShort(second + 4, (short) 0);
          b.putShort(second + 46 + 3, (short) 1);
        });
  }

  private static byte[] firstChildWithKey() {
    byte[] bytes = NodeCodecTest.encoded(NodeCodecTest.inner());
    int at = entriesAt(2) + 2;
    ByteBuffer out = ByteBuffer.allocate(bytes.length + 1);
    out.put(bytes, 0, at).put((byte) 0).put(bytes, at, bytes.length - at);
    return out.putShort(at - 2, (short) 1).array();
  }

  private static byte[] noFreeBytes() {
    return changed(
        NodeCodecTest.encoded(new LeafNode(List.of(Key.free(0)), List.of(new FreeRun(4096, 1, 1)))),
        b -> b.putInt(BATCH_VALUE_AT, 0));
  }
}
