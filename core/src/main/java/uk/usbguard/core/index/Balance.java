package uk.usbguard.core.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.Key;

/** Splits nodes that have become too long and merges those that have become small. */
final class Balance {

  /** Nodes below this are merged with a neighbour if both fit into one. */
  private static final int SMALL = 4_096;

  private final NodeCache cache;
  private final TreeWriter writer;

  Balance(NodeCache cache, TreeWriter writer) {
    this.cache = cache;
    this.writer = writer;
  }

  /**
   * Goes up a thawed way after an entry was set.
   *
   * @return the root
   */
  Branch afterPut(Path path) {
    List<Path.Step> steps = path.steps();
    IndexNode node = path.leaf();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Path.Step step = steps.get(i);
      splitBelow(step, node);
      node = step.node();
    }
    return splitRoot(node);
  }

  /**
   * Goes up a thawed way after an entry was removed.
   *
   * @return the root; null if nothing is left
   */
  @Nullable Branch afterRemove(Path path) {
    List<Path.Step> steps = path.steps();
    IndexNode node = path.leaf();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Path.Step step = steps.get(i);
      if (node.count() == 0) {
        step.node().remove(step.slot());
        writer.drop(node);
      } else if (node.encodedLength() < SMALL) {
        mergeBelow(step, node);
      } else {
        // A way that is thawed needs room for salts to come, so it can grow by a removal.
        splitBelow(step, node);
      }
      node = step.node();
    }
    if (node.count() == 0) {
      writer.drop(node);
      return null;
    }
    return collapseRoot(splitRoot(node));
  }

  private void splitBelow(Path.Step step, IndexNode node) {
    if (node.encodedLength() > IndexLimits.NODE) {
      IndexNode right = split(node);
      step.node().insert(step.slot() + 1, separator(node, right), right);
    }
  }

  private IndexNode splitRoot(IndexNode root) {
    if (root.encodedLength() <= IndexLimits.NODE) {
      return root;
    }
    IndexNode right = split(root);
    IndexInner top = writer.created(new IndexInner(root.level() + 1));
    top.insert(0, Key.LOWEST, root);
    top.insert(1, separator(root, right), right);
    return top;
  }

  private IndexNode split(IndexNode node) {
    return writer.created(node.splitOff(node.splitPoint()));
  }

  private static Key separator(IndexNode left, IndexNode right) {
    return right instanceof IndexInner inner
        ? inner.takeSeparator()
        : right.keys.get(0).separatorFrom(left.keys.get(left.count() - 1));
  }

  private Branch collapseRoot(IndexNode root) {
    Branch top = root;
    while (top instanceof IndexInner inner && inner.count() == 1) {
      top = inner.child(0);
      writer.drop(inner);
    }
    return top;
  }

  private void mergeBelow(Path.Step step, IndexNode node) {
    int slot = step.slot();
    Optional<IndexNode> left = neighbour(step, slot - 1, node);
    if (left.isPresent()) {
      merge(step.node(), slot - 1, left.get(), node);
      return;
    }
    Optional<IndexNode> right = neighbour(step, slot + 1, node);
    if (right.isPresent()) {
      merge(step.node(), slot, node, right.get());
    }
  }

  /** The neighbour in that slot if there is one that fits together with the node. */
  private Optional<IndexNode> neighbour(Path.Step step, int slot, IndexNode node) {
    IndexInner parent = step.node();
    if (slot < 0 || slot >= parent.count()) {
      return Optional.empty();
    }
    int separator = parent.keys.get(Math.max(slot, step.slot())).length();
    int room = IndexLimits.NODE + IndexLimits.NODE_HEADER - separator - node.encodedLength();
    if (parent.child(slot) instanceof IndexNode dirty) {
      return dirty.encodedLength() <= room ? Optional.of(dirty) : Optional.empty();
    }
    StoredBranch stored = (StoredBranch) parent.child(slot);
    if (stored.pointer().plainLength() > room) {
      return Optional.empty();
    }
    try {
      return Optional.of(cache.load(stored, step.lowerOf(slot), step.upperOf(slot)));
    } catch (IOException | DamagedContainerException e) {
      // Merging only saves space. The entry is gone already; whoever needs the neighbour hears of
      // it.
      return Optional.empty();
    }
  }

  private void merge(IndexInner parent, int slot, IndexNode left, IndexNode right) {
    writer.thaw(left);
    writer.thaw(right);
    if (parent.child(slot) != left) {
      parent.replace(slot, left);
    }
    if (left instanceof IndexInner leftInner && right instanceof IndexInner rightInner) {
      leftInner.append(parent.keys.get(slot + 1), rightInner);
    } else if (left instanceof IndexLeaf leftLeaf && right instanceof IndexLeaf rightLeaf) {
      leftLeaf.append(rightLeaf);
    }
    parent.remove(slot + 1);
    writer.drop(right);
  }
}
