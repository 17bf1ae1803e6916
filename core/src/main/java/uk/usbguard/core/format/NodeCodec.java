package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;

/**
 * Nodes of the index, plaintext. Decoding accepts exactly what encoding writes: one node, one
 * encoding.
 */
public final class NodeCodec {

  private static final int LEAF = 1;
  private static final int INNER = 2;
  private static final int MIN_LEAF_ENTRY = 2 + 9 + 2 + Orphan.ENCODED_LENGTH;
  private static final int MIN_INNER_ENTRY = 2 + NodePointer.ENCODED_LENGTH;

  private NodeCodec() {}

  /**
   * Writes a node to the beginning of {@code out}.
   *
   * @return its length
   * @throws java.nio.BufferOverflowException if {@code out} is too short
   */
  public static int encode(Node node, byte[] out) {
    EpochTable epochs = epochsOf(node);
    ByteBuffer buffer = ByteBuffer.wrap(out);
    boolean leaf = node instanceof LeafNode;
    buffer.put((byte) (leaf ? LEAF : INNER)).put((byte) node.level());
    buffer.putShort((short) epochs.size());
    if (node instanceof LeafNode leafNode) {
      buffer.putInt(leafNode.keys().size());
      epochs.write(buffer);
      writeLeafEntries(leafNode, buffer, epochs);
    } else if (node instanceof InnerNode innerNode) {
      buffer.putInt(innerNode.keys().size());
      epochs.write(buffer);
      writeInnerEntries(innerNode, buffer, epochs);
    }
    return buffer.position();
  }

  /**
   * Reads a node and refuses everything that is not one.
   *
   * @param bytes all of the plaintext
   * @param level the level it has to have
   * @param position where it comes from, for the error
   */
  public static Node decode(byte[] bytes, int level, long position)
      throws DamagedContainerException {
    FieldReader in = new FieldReader(bytes, 0, bytes.length, Part.INDEX, position);
    if (bytes.length > IndexLimits.NODE) {
      throw in.damaged("node of " + bytes.length + " bytes");
    }
    int kind = in.readByte("kind");
    int ownLevel = in.readByte("level");
    if (ownLevel != level || kind != (level == 0 ? LEAF : INNER)) {
      throw in.damaged("kind " + kind + " of level " + ownLevel + " instead of level " + level);
    }
    int epochCount = in.readShort("epoch count");
    long count = in.readUnsignedInt("entry count");
    EpochTable epochs = EpochTable.read(in, epochCount);
    in.checkCount(count, level == 0 ? MIN_LEAF_ENTRY : MIN_INNER_ENTRY, "entries");
    if (count == 0) {
      throw in.damaged("empty node");
    }
    Node node =
        level == 0 ? readLeaf(in, (int) count, epochs) : readInner(in, (int) count, level, epochs);
    epochs.requireAllUsed(in);
    in.end();
    return node;
  }

  private static EpochTable epochsOf(Node node) {
    EpochTable epochs = new EpochTable();
    if (node instanceof LeafNode leaf) {
      for (Value value : leaf.values()) {
        value.epoch().ifPresent(epochs::numberOf);
      }
    } else if (node instanceof InnerNode inner) {
      for (NodePointer child : inner.children()) {
        epochs.numberOf(child.epoch());
      }
    }
    return epochs;
  }

  private static void writeLeafEntries(LeafNode node, ByteBuffer out, EpochTable epochs) {
    for (int i = 0; i < node.keys().size(); i++) {
      node.keys().get(i).write(out);
      ValueCodec.write(node.values().get(i), out, epochs);
    }
  }

  private static void writeInnerEntries(InnerNode node, ByteBuffer out, EpochTable epochs) {
    for (int i = 0; i < node.keys().size(); i++) {
      node.keys().get(i).write(out);
      PointerCodec.writeNode(node.children().get(i), out, epochs);
    }
  }

  private static LeafNode readLeaf(FieldReader in, int count, EpochTable epochs)
      throws DamagedContainerException {
    List<Key> keys = new ArrayList<>(count);
    List<Value> values = new ArrayList<>(count);
    Key previous = Key.LOWEST;
    for (int i = 0; i < count; i++) {
      Key key = Key.read(in);
      requireAscending(previous, key, in);
      keys.add(key);
      values.add(ValueCodec.read(key, in, epochs));
      if (i > 0) {
        requireApart(keys.get(i - 1), values.get(i - 1), key, in);
      }
      previous = key;
    }
    return new LeafNode(keys, values);
  }

  /** Runs of one file do not overlap, else two readers could disagree. */
  private static void requireApart(Key before, Value value, Key key, FieldReader in)
      throws DamagedContainerException {
    if (value instanceof ExtentRun run
        && key.kind() == Key.Kind.EXTENT
        && key.id() == before.id()
        && before.extent() + run.count() > key.extent()) {
      throw in.damaged("runs overlap");
    }
  }

  private static InnerNode readInner(FieldReader in, int count, int level, EpochTable epochs)
      throws DamagedContainerException {
    List<Key> keys = new ArrayList<>(count);
    List<NodePointer> children = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Key key = Key.readBound(in);
      if (i == 0) {
        if (key.length() != 0) {
          throw in.damaged("first key of an inner node is not empty");
        }
      } else {
        requireAscending(keys.get(i - 1), key, in);
      }
      keys.add(key);
      children.add(PointerCodec.readNode(in, epochs));
    }
    return new InnerNode(level, keys, children);
  }

  private static void requireAscending(Key previous, Key key, FieldReader in)
      throws DamagedContainerException {
    if (previous.compareTo(key) >= 0) {
      throw in.damaged("keys are not ascending");
    }
  }
}
