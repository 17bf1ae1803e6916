package uk.usbguard.core.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;

/** Reads a whole tree and takes out what cannot be read. */
final class Pruner {

  private final NodeCache cache;
  private final TreeWriter writer;
  private final Consumer<NodePointer> whole;
  private final List<IndexCut> cuts = new ArrayList<>();

  Pruner(NodeCache cache, TreeWriter writer, Consumer<NodePointer> whole) {
    this.cache = cache;
    this.writer = writer;
    this.whole = whole;
  }

  /** What was taken out. */
  List<IndexCut> cuts() {
    return cuts;
  }

  /** What is left of a branch; null if nothing is. */
  @Nullable Branch prune(Branch branch, Key lower, Key upper) throws IOException {
    IndexNode node;
    try {
      node =
          branch instanceof StoredBranch stored
              ? cache.load(stored, lower, upper)
              : (IndexNode) branch;
    } catch (DamagedContainerException e) {
      cuts.add(new IndexCut(((StoredBranch) branch).pointer(), lower, upper));
      return null;
    }
    NodePointer origin = node.origin();
    if (origin != null) {
      whole.accept(origin);
    }
    return node instanceof IndexInner inner ? pruneChildren(inner, branch, lower, upper) : branch;
  }

  private @Nullable Branch pruneChildren(IndexInner inner, Branch branch, Key lower, Key upper)
      throws IOException {
    List<Key> bounds = new ArrayList<>(inner.keys);
    bounds.set(0, lower);
    bounds.add(upper);
    for (int slot = inner.count() - 1; slot >= 0; slot--) {
      Branch child = inner.child(slot);
      Branch kept = prune(child, bounds.get(slot), bounds.get(slot + 1));
      if (kept == child) {
        continue;
      }
      writer.thaw(inner);
      if (kept == null) {
        inner.remove(slot);
      } else {
        inner.replace(slot, kept);
      }
    }
    if (inner.count() == 0) {
      writer.drop(inner);
      return null;
    }
    return inner.isDirty() ? inner : branch;
  }
}
