package uk.usbguard.core.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.Value;

/** A leaf in memory. */
final class IndexLeaf extends IndexNode {

  private final List<Value> values;

  /** An empty, dirty leaf. */
  IndexLeaf() {
    this.values = new ArrayList<>();
  }

  /** A clean leaf as it was read. */
  IndexLeaf(LeafNode node, NodePointer origin) {
    super(node.keys(), origin);
    this.values = node.values();
  }

  @Override
  public int level() {
    return 0;
  }

  Value value(int i) {
    return values.get(i);
  }

  void insert(int i, Key key, Value value) {
    keys.add(i, key);
    values.add(i, value);
    count(i, i + 1);
    noteInsert(i);
  }

  void replace(int i, Value value) {
    discount(i, i + 1);
    values.set(i, value);
    count(i, i + 1);
  }

  void remove(int i) {
    discount(i, i + 1);
    keys.remove(i);
    values.remove(i);
    noteRemoval();
  }

  /** Takes over all entries of the leaf to the right. */
  void append(IndexLeaf right) {
    int from = count();
    keys.addAll(right.keys);
    values.addAll(right.values);
    count(from, count());
  }

  @Override
  IndexLeaf splitOff(int i) {
    discount(i, count());
    IndexLeaf right = new IndexLeaf();
    List<Key> movedKeys = keys.subList(i, keys.size());
    List<Value> movedValues = values.subList(i, values.size());
    right.keys.addAll(movedKeys);
    right.values.addAll(movedValues);
    movedKeys.clear();
    movedValues.clear();
    noteRemoval();
    right.count(0, right.count());
    return right;
  }

  @Override
  int entryLength(int i) {
    return LeafNode.entryLength(keys.get(i), values.get(i));
  }

  @Override
  Optional<EpochSalt> epochOf(int i) {
    return values.get(i).epoch();
  }

  @Override
  int reservedBytes() {
    return 0;
  }

  @Override
  Node toNode() {
    return new LeafNode(keys, values);
  }
}
