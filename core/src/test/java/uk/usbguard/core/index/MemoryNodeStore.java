package uk.usbguard.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.Tag;

/** Nodes in memory, watched: nothing is read after it was freed, nothing is freed twice. */
final class MemoryNodeStore implements NodeStore {

  private static final int SEAL = 28;
  private static final int PER_BATCH = 1_000;

  private final Map<NodePointer, byte[]> nodes = new HashMap<>();
  private final Set<NodePointer> damaged = new HashSet<>();
  private EpochSalt epoch = salt(1);
  private long sequence;
  private int writesLeft = Integer.MAX_VALUE;
  private boolean readsFail;

  int reads;
  int writes;
  int frees;
  long bytesWritten;

  static EpochSalt salt(int number) {
    return EpochSalt.of(ByteBuffer.allocate(EpochSalt.LENGTH).putInt(number).array());
  }

  @Override
  public byte[] read(NodePointer pointer, int level) throws IOException, DamagedContainerException {
    if (readsFail) {
      throw new IOException("the medium is gone");
    }
    byte[] bytes = nodes.get(pointer);
    assertThat(bytes).as("a node that is read is live").isNotNull();
    if (damaged.contains(pointer)) {
      throw new DamagedContainerException(Part.INDEX, pointer.position(), "tag");
    }
    reads++;
    return bytes.clone();
  }

  @Override
  public NodePointer write(byte[] plaintext, int length, int level) throws IOException {
    assertThat(length).isBetween(IndexLimits.NODE_HEADER + 1, IndexLimits.NODE);
    if (writesLeft-- <= 0) {
      throw new IOException("the medium is full");
    }
    long batch = sequence / PER_BATCH * IndexLimits.NODE * 1_024;
    NodePointer pointer =
        new NodePointer(
            epoch,
            sequence,
            batch,
            128 + (int) (sequence % PER_BATCH) * (IndexLimits.NODE + SEAL) / 2,
            length + SEAL,
            Tag.of(ByteBuffer.allocate(Tag.LENGTH).putLong(sequence).array()));
    sequence++;
    nodes.put(pointer, Arrays.copyOf(plaintext, length));
    writes++;
    bytesWritten += length;
    return pointer;
  }

  @Override
  public void free(NodePointer pointer) {
    assertThat(nodes.remove(pointer)).as("a node that is freed is live").isNotNull();
    frees++;
  }

  /** Begins another epoch. */
  void newEpoch(int number) {
    epoch = salt(number);
  }

  void damage(NodePointer pointer) {
    assertThat(nodes).containsKey(pointer);
    damaged.add(pointer);
  }

  void repairAll() {
    damaged.clear();
  }

  void replace(NodePointer pointer, byte[] bytes) {
    nodes.put(pointer, bytes);
  }

  void failWritesAfter(int count) {
    writesLeft = count;
  }

  void failReads(boolean fail) {
    readsFail = fail;
  }

  /** Bytes of all live nodes. */
  long liveBytes() {
    return nodes.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  int liveNodes() {
    return nodes.size();
  }

  /** Everything that hangs on a pointer, itself included, read without the index. */
  Set<NodePointer> reachable(IndexRoot root) throws DamagedContainerException {
    Set<NodePointer> found = new LinkedHashSet<>();
    collect(root.pointer(), root.level(), found);
    return found;
  }

  Node node(NodePointer pointer, int level) throws DamagedContainerException {
    return NodeCodec.decode(nodes.get(pointer), level, pointer.position());
  }

  private void collect(NodePointer pointer, int level, Set<NodePointer> found)
      throws DamagedContainerException {
    assertThat(found.add(pointer)).as("one parent each").isTrue();
    byte[] bytes = nodes.get(pointer);
    assertThat(bytes).as("a node that is referred to is live").isNotNull();
    Node node = NodeCodec.decode(bytes, level, pointer.position());
    byte[] again = new byte[IndexLimits.NODE];
    assertThat(Arrays.copyOf(again, NodeCodec.encode(node, again))).isEqualTo(bytes);
    if (node instanceof InnerNode inner) {
      for (NodePointer child : inner.children()) {
        collect(child, level - 1, found);
      }
    }
  }
}
