package uk.usbguard.core.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodePointer;

/** An inner node in memory. Clean, all its children are stored. */
final class IndexInner extends IndexNode {

  /** A write gives pointers of one epoch; of two if the store changes its epoch meanwhile. */
  private static final int RESERVED_EPOCHS = 2;

  private final int level;
  private final List<Branch> children;
  private int dirtyChildren;

  /** An empty, dirty node. */
  IndexInner(int level) {
    this.level = level;
    this.children = new ArrayList<>();
  }

  /** A clean node as it was read. */
  IndexInner(InnerNode node, NodePointer origin) {
    super(node.keys(), origin);
    this.level = node.level();
    this.children = new ArrayList<>(node.children().size());
    for (NodePointer child : node.children()) {
      children.add(new StoredBranch(level - 1, child));
    }
  }

  @Override
  public int level() {
    return level;
  }

  Branch child(int slot) {
    return children.get(slot);
  }

  /** The child that holds this key if any does. */
  int slotOf(Key key) {
    int found = find(key);
    return found >= 0 ? found : -found - 2;
  }

  /** The last child that holds keys below this one; the first if none does. */
  int slotBelow(Key key) {
    int found = find(key);
    return Math.max(0, (found >= 0 ? found : -found - 1) - 1);
  }

  void insert(int slot, Key key, Branch child) {
    keys.add(slot, key);
    children.add(slot, child);
    countIn(slot, slot + 1);
    noteInsert(slot);
  }

  /** Puts another branch into the place of a child. */
  void replace(int slot, Branch child) {
    countOut(slot, slot + 1);
    children.set(slot, child);
    countIn(slot, slot + 1);
  }

  void remove(int slot) {
    countOut(slot, slot + 1);
    keys.remove(slot);
    children.remove(slot);
    noteRemoval();
    if (slot == 0 && !keys.isEmpty()) {
      entryBytes -= keys.get(0).length();
      keys.set(0, Key.LOWEST);
    }
  }

  /** Takes over all children of the node to the right, which began at {@code separator}. */
  void append(Key separator, IndexInner right) {
    int from = count();
    keys.add(separator);
    keys.addAll(right.keys.subList(1, right.count()));
    children.addAll(right.children);
    countIn(from, count());
  }

  /** The first key of the new node is the bound between the two; see {@link #takeSeparator}. */
  @Override
  IndexInner splitOff(int i) {
    countOut(i, count());
    IndexInner right = new IndexInner(level);
    List<Key> movedKeys = keys.subList(i, keys.size());
    List<Branch> movedChildren = children.subList(i, children.size());
    right.keys.addAll(movedKeys);
    right.children.addAll(movedChildren);
    movedKeys.clear();
    movedChildren.clear();
    noteRemoval();
    right.countIn(0, right.count());
    return right;
  }

  /** Hands the first key up to the parent and has the lowest one in its place. */
  Key takeSeparator() {
    Key separator = keys.get(0);
    entryBytes -= separator.length();
    keys.set(0, Key.LOWEST);
    return separator;
  }

  @Override
  int entryLength(int i) {
    return InnerNode.entryLength(keys.get(i));
  }

  @Override
  Optional<EpochSalt> epochOf(int i) {
    return children.get(i) instanceof StoredBranch stored
        ? Optional.of(stored.pointer().epoch())
        : Optional.empty();
  }

  @Override
  int reservedBytes() {
    return dirtyChildren > 0 ? RESERVED_EPOCHS * EpochSalt.LENGTH : 0;
  }

  @Override
  Node toNode() {
    List<NodePointer> pointers = new ArrayList<>(children.size());
    for (Branch child : children) {
      if (!(child instanceof StoredBranch stored)) {
        throw new IllegalStateException("child is not written");
      }
      pointers.add(stored.pointer());
    }
    return new InnerNode(level, keys, pointers);
  }

  private void countIn(int from, int to) {
    count(from, to);
    dirtyChildren += dirtyBetween(from, to);
  }

  private void countOut(int from, int to) {
    discount(from, to);
    dirtyChildren -= dirtyBetween(from, to);
  }

  private int dirtyBetween(int from, int to) {
    int dirty = 0;
    for (int i = from; i < to; i++) {
      if (children.get(i) instanceof IndexNode) {
        dirty++;
      }
    }
    return dirty;
  }
}
