package uk.usbguard.core.index;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.NodePointer;

/** Reads nodes and keeps those used last, up to a bound. Everything in here is clean. */
final class NodeCache {

  private final NodeStore store;
  private final int max;
  private final Map<NodePointer, IndexNode> nodes = new LinkedHashMap<>(16, 0.75f, true);

  NodeCache(NodeStore store, int max) {
    this.store = store;
    this.max = max;
  }

  /** The node of a branch, whose keys have to lie between the bounds. */
  IndexNode load(StoredBranch branch, Key lower, Key upper)
      throws IOException, DamagedContainerException {
    IndexNode cached = nodes.get(branch.pointer());
    if (cached != null) {
      return cached;
    }
    NodePointer pointer = branch.pointer();
    byte[] bytes = store.read(pointer, branch.level());
    if (bytes.length != pointer.plainLength()) {
      throw damaged(pointer, "node of " + bytes.length + " bytes");
    }
    Node node = NodeCodec.decode(bytes, branch.level(), pointer.position());
    IndexNode loaded = toIndexNode(node, pointer);
    requireBetween(loaded, lower, upper);
    add(pointer, loaded);
    return loaded;
  }

  /** Keeps a clean node, and drops the one that was not used for longest if there are too many. */
  void add(NodePointer pointer, IndexNode node) {
    nodes.put(pointer, node);
    trim(max);
  }

  /** Forgets a node: it will be changed, or is no longer part of the tree. */
  void forget(@Nullable NodePointer pointer) {
    if (pointer != null) {
      nodes.remove(pointer);
    }
  }

  /** Drops nodes until so many are left. */
  void trim(int most) {
    Iterator<IndexNode> oldest = nodes.values().iterator();
    while (nodes.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }

  int size() {
    return nodes.size();
  }

  private static IndexNode toIndexNode(Node node, NodePointer pointer) {
    return node instanceof InnerNode inner
        ? new IndexInner(inner, pointer)
        : new IndexLeaf((LeafNode) node, pointer);
  }

  private static void requireBetween(IndexNode node, Key lower, Key upper)
      throws DamagedContainerException {
    int first = node instanceof IndexInner ? 1 : 0;
    if (node.count() <= first) {
      return;
    }
    int low = node.keys.get(first).compareTo(lower);
    if (low < 0
        || (low == 0 && first == 1)
        || node.keys.get(node.count() - 1).compareTo(upper) >= 0) {
      throw damaged(node.origin(), "keys outside of their node's range");
    }
  }

  private static DamagedContainerException damaged(@Nullable NodePointer pointer, String detail) {
    return new DamagedContainerException(
        Part.INDEX, pointer == null ? -1 : pointer.position(), detail);
  }
}
