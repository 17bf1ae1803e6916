package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of nodes, against bytes that were made without this code. */
class NodeCodecTest {

  // Python 3, prints the leaf and the inner node:
  // from struct import pack as p
  // S0, S1 = bytes(range(32)), bytes(range(100, 132))
  // def entry(k, v): return p('>H', len(k)) + k + p('>H', len(v)) + v
  // def data(e, n): return p('>HQQII', e, 7, 0x100002000, 128, n)
  // def de(kind, content, attr, oid, size, name, tail=b''):
  //     return (p('>BBHQQ', kind, content, attr, oid, size) + p('>qIqI', -1, 999999999, 1700000000,
  // 5)
  //         + p('>H', len(name)) + name + tail)
  // e = [entry(b'\1' + p('>Q', 1) + 'ä.txt'.encode(), de(2, 1, 1, 10, 3, 'Ä.txt'.encode(), p('>H',
  // 3) + b'abc')),
  //      entry(b'\1' + p('>Q', 1) + b'b', de(2, 2, 2, 11, 5, b'B', data(0, 5))),
  //      entry(b'\1' + p('>Q', 1) + b'docs', de(1, 0, 0, 2, 0, b'docs')),
  //      entry(b'\2' + p('>QQ', 12, 4), data(1, 1000) + p('>I', 3)),
  //      entry(b'\3' + p('>Q', 0x120000), p('>IIQ', 8192, 3028, 1)),
  //      entry(b'\4' + p('>Q', 0x122000), p('>IQQ', 4096, 2, 99999)),
  //      entry(b'\5' + p('>Q', 77), b'\2')]
  // e.sort(key=lambda x: x[2:])
  // print((p('>BBHI', 1, 0, 2, len(e)) + S0 + S1 + b''.join(e)).hex())
  // def node(e, n, off): return p('>HQQII', e, n, 0x120000, off, 500) + bytes([n]) * 16
  // i = [p('>H', 0) + node(0, 1, 128), p('>H', 2) + b'\1\0' + node(1, 2, 628),
  //      p('>H', 1) + b'\2' + node(0, 3, 1128)]
  // print((p('>BBHI', 2, 1, 2, 3) + S0 + S1 + b''.join(i)).hex())
  private static final String LEAF =
      "0100000200000007000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
          + "1e1f6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283000a0100"
          + "0000000000000162004902020002000000000000000b0000000000000005ffffffffffffffff"
          + "3b9ac9ff000000006553f1000000000500014200000000000000000007000000010000200000"
          + "00008000000005000d010000000000000001646f637300320100000000000000000000020000"
          + "000000000000ffffffffffffffff3b9ac9ff000000006553f100000000050004646f6373000f"
          + "010000000000000001c3a42e747874003902010001000000000000000a0000000000000003ff"
          + "ffffffffffffff3b9ac9ff000000006553f100000000050006c3842e74787400036162630011"
          + "02000000000000000c0000000000000004001e00010000000000000007000000010000200000"
          + "000080000003e800000003000903000000000012000000100000200000000bd4000000000000"
          + "000100090400000000001220000014000010000000000000000002000000000001869f000905"
          + "000000000000004d000102";

  private static final String INNER =
      "0201000200000003000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
          + "1e1f6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f8081828300000000"
          + "0000000000000001000000000012000000000080000001f40101010101010101010101010101"
          + "01010002010000010000000000000002000000000012000000000274000001f4020202020202"
          + "0202020202020202020200010200000000000000000003000000000012000000000468000001"
          + "f403030303030303030303030303030303";

  static final EpochSalt S0 = salt(0);
  static final EpochSalt S1 = salt(100);

  static EpochSalt salt(int first) {
    byte[] bytes = new byte[EpochSalt.LENGTH];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (first + i));
    return EpochSalt.of(bytes);
  }

  static LeafNode leaf() {
    EntryTimes times =
        new EntryTimes(
            Instant.ofEpochSecond(-1, 999_999_999), Instant.ofEpochSecond(1_700_000_000, 5));
    DirectoryEntry umlaut =
        new DirectoryEntry(
            ObjectKind.FILE,
            "\u00c4.txt",
            10,
            EntryContent.inline(new byte[] {'a', 'b', 'c'}),
            new EntryAttributes(true, false),
            times);
    DirectoryEntry letter =
        new DirectoryEntry(
            ObjectKind.FILE,
            "B",
            11,
            EntryContent.oneRecord(data(S0, 5)),
            new EntryAttributes(false, true),
            times);
    DirectoryEntry docs =
        new DirectoryEntry(
            ObjectKind.FOLDER, "docs", 2, EntryContent.NONE, EntryAttributes.NONE, times);
    return new LeafNode(
        List.of(
            letter.keyIn(1),
            docs.keyIn(1),
            umlaut.keyIn(1),
            Key.extent(12, 4),
            Key.batch(0x120000),
            Key.free(0x122000),
            Key.orphan(77)),
        List.of(
            letter,
            docs,
            umlaut,
            new ExtentRun(data(S1, 1000), 3),
            new BatchUse(8192, 3028, 1),
            new FreeRun(4096, 2, 99_999),
            new Orphan(ObjectKind.FILE)));
  }

  static InnerNode inner() {
    return new InnerNode(
        1,
        List.of(Key.LOWEST, Key.ofBytes(new byte[] {1, 0}), Key.prefix(Key.Kind.EXTENT)),
        List.of(node(S0, 1, 128), node(S1, 2, 628), node(S0, 3, 1128)));
  }

  private static DataPointer data(EpochSalt epoch, int plainLength) {
    return new DataPointer(epoch, 7, 0x1_0000_2000L, 128, plainLength);
  }

  private static NodePointer node(EpochSalt epoch, int n, int offset) {
    byte[] tag = new byte[Tag.LENGTH];
    Arrays.fill(tag, (byte) n);
    return new NodePointer(epoch, n, 0x120000, offset, 500, Tag.of(tag));
  }

  static byte[] encoded(Node node) {
    byte[] out = new byte[IndexLimits.NODE];
    return Arrays.copyOf(out, NodeCodec.encode(node, out));
  }

  @Test
  void writesALeafByteForByte() {
    assertThat(HexFormat.of().formatHex(encoded(leaf()))).isEqualTo(LEAF);
  }

  @Test
  void writesAnInnerNodeByteForByte() {
    assertThat(HexFormat.of().formatHex(encoded(inner()))).isEqualTo(INNER);
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    assertThat(NodeCodec.decode(HexFormat.of().parseHex(LEAF), 0, 0)).isEqualTo(leaf());
    assertThat(NodeCodec.decode(HexFormat.of().parseHex(INNER), 1, 0)).isEqualTo(inner());
  }

  @Test
  void countsTheLengthsThatItWrites() {
    LeafNode leaf = leaf();
    int entries = 0;
    for (int i = 0; i < leaf.keys().size(); i++) {
      entries += LeafNode.entryLength(leaf.keys().get(i), leaf.values().get(i));
    }
    assertThat(encoded(leaf)).hasSize(IndexLimits.NODE_HEADER + 2 * EpochSalt.LENGTH + entries);
    int children = inner().keys().stream().mapToInt(InnerNode::entryLength).sum();
    assertThat(encoded(inner())).hasSize(IndexLimits.NODE_HEADER + 2 * EpochSalt.LENGTH + children);
  }
}
