package uk.usbguard.core.index;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.NodePointer;

/** Keeps account of dirty nodes and of what they replace, and stores them. */
final class TreeWriter {

  private final NodeStore store;
  private final NodeCache cache;
  private final Deque<NodePointer> replaced = new ArrayDeque<>();
  private final byte[] buffer = new byte[IndexLimits.NODE];
  private int dirtyNodes;

  TreeWriter(NodeStore store, NodeCache cache) {
    this.store = store;
    this.cache = cache;
  }

  int dirtyNodes() {
    return dirtyNodes;
  }

  /** Counts a new node. */
  <N extends IndexNode> N created(N node) {
    dirtyNodes++;
    return node;
  }

  /** Makes a loaded node dirty; whoever refers to it has to refer to the node from now on. */
  void thaw(IndexNode node) {
    if (!node.isDirty()) {
      cache.forget(node.origin());
      node.thaw();
      dirtyNodes++;
    }
  }

  /**
   * Makes every node of a way dirty.
   *
   * @return the root
   */
  IndexNode thaw(Path path) {
    List<Path.Step> steps = path.steps();
    for (Path.Step step : steps) {
      thaw(step.node());
    }
    thaw(path.leaf());
    for (int i = 0; i < steps.size(); i++) {
      IndexNode child = i + 1 < steps.size() ? steps.get(i + 1).node() : path.leaf();
      Path.Step step = steps.get(i);
      if (step.node().child(step.slot()) != child) {
        step.node().replace(step.slot(), child);
      }
    }
    return steps.isEmpty() ? path.leaf() : steps.get(0).node();
  }

  /**
   * Takes a dirty node out of the tree. What it would have replaced is freed with the next write.
   */
  void drop(IndexNode node) {
    dirtyNodes--;
    NodePointer origin = node.origin();
    if (origin != null) {
      replaced.add(origin);
    }
  }

  /** Stores a dirty node after its dirty children. */
  StoredBranch write(IndexNode node) throws IOException, ContainerException {
    if (node instanceof IndexInner inner) {
      for (int slot = 0; slot < inner.count(); slot++) {
        if (inner.child(slot) instanceof IndexNode child) {
          inner.replace(slot, write(child));
        }
      }
    }
    int length = NodeCodec.encode(node.toNode(), buffer);
    NodePointer pointer = store.write(buffer, length, node.level());
    drop(node);
    node.freeze(pointer);
    cache.add(pointer, node);
    return new StoredBranch(node.level(), pointer);
  }

  /** Frees, each once, what stored nodes replace. */
  void freeReplaced() {
    while (!replaced.isEmpty()) {
      store.free(replaced.remove());
    }
  }
}
