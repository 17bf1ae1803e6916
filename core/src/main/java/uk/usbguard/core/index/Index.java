package uk.usbguard.core.index;

import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.Value;

/**
 * A sorted map from keys to values whose nodes lie in a {@link NodeStore}. A change copies the
 * nodes on its way in memory; {@link #write} stores the copies and frees what they replace. Until
 * then the stored tree is untouched.
 *
 * <p>A method that throws has changed nothing, {@link #write} excepted. Memory is bounded by what
 * was changed since the last write and a fixed number of clean nodes. Not safe for use by several
 * threads: the owner locks.
 */
public final class Index {

  /** About 5 MiB with names of usual length. */
  private static final int CLEAN_NODES = 128;

  private final NodeCache cache;
  private final TreeWriter writer;
  private final Balance balance;
  private @Nullable Branch root;
  private long changes;

  private Index(NodeStore store, @Nullable Branch root, int maxCleanNodes) {
    this.cache = new NodeCache(store, maxCleanNodes);
    this.writer = new TreeWriter(store, cache);
    this.balance = new Balance(cache, writer);
    this.root = root;
  }

  /** An index without entries. */
  public static Index empty(NodeStore store) {
    return new Index(store, null, CLEAN_NODES);
  }

  /** The index that begins at this root. Reads nothing yet. */
  public static Index open(NodeStore store, IndexRoot root) {
    return open(store, root, CLEAN_NODES);
  }

  /** The same, holding at most so many clean nodes in memory. */
  public static Index open(NodeStore store, IndexRoot root, int maxCleanNodes) {
    return new Index(store, new StoredBranch(root.level(), root.pointer()), maxCleanNodes);
  }

  /** The value of a key. */
  public Optional<Value> get(Key key) throws IOException, DamagedContainerException {
    if (root == null) {
      return Optional.empty();
    }
    IndexLeaf leaf = descend(new Path(root), key, false).leaf();
    int at = leaf.find(key);
    return at < 0 ? Optional.empty() : Optional.of(leaf.value(at));
  }

  /**
   * Sets the value of a key.
   *
   * @return the value it had
   */
  public Optional<Value> put(Key key, Value value) throws IOException, DamagedContainerException {
    if (!key.isComplete() || key.kind() != value.keyKind()) {
      throw new IllegalArgumentException(key + " cannot lead to " + value.keyKind());
    }
    if (root == null) {
      changes++;
      IndexLeaf first = writer.created(new IndexLeaf());
      first.insert(0, key, value);
      root = first;
      return Optional.empty();
    }
    Path path = descend(new Path(root), key, false);
    IndexLeaf leaf = path.leaf();
    int at = leaf.find(key);
    if (at >= 0) {
      Value old = leaf.value(at);
      if (!old.equals(value)) {
        thaw(path);
        leaf.replace(at, value);
        root = balance.afterPut(path);
      }
      return Optional.of(old);
    }
    thaw(path);
    leaf.insert(-at - 1, key, value);
    root = balance.afterPut(path);
    return Optional.empty();
  }

  /**
   * Removes a key.
   *
   * @return the value it had
   */
  public Optional<Value> remove(Key key) throws IOException, DamagedContainerException {
    if (root == null) {
      return Optional.empty();
    }
    Path path = descend(new Path(root), key, false);
    IndexLeaf leaf = path.leaf();
    int at = leaf.find(key);
    if (at < 0) {
      return Optional.empty();
    }
    Value old = leaf.value(at);
    thaw(path);
    leaf.remove(at);
    root = balance.afterRemove(path);
    return Optional.of(old);
  }

  /** The entry with the greatest key that is not above this one. */
  public Optional<Map.Entry<Key, Value>> floor(Key key)
      throws IOException, DamagedContainerException {
    if (root == null) {
      return Optional.empty();
    }
    Path path = descend(new Path(root), key, false);
    int at = path.leaf().find(key);
    if (at < 0) {
      at = -at - 2;
    }
    if (at < 0) {
      path = descend(new Path(root), path.lower(), true);
      at = path.leaf().find(key);
      at = at < 0 ? -at - 2 : at;
    }
    return entry(path.leaf(), at);
  }

  /** The entry with the least key that is not below this one. */
  public Optional<Map.Entry<Key, Value>> ceiling(Key key)
      throws IOException, DamagedContainerException {
    IndexCursor cursor = scan(key, Key.HIGHEST);
    return cursor.advance()
        ? Optional.of(new SimpleImmutableEntry<>(cursor.key(), cursor.value()))
        : Optional.empty();
  }

  /**
   * Goes through a range in ascending order. Changes during the scan are safe: what is put or
   * removed ahead of the cursor is seen as it then is.
   */
  public IndexCursor scan(Key fromInclusive, Key toExclusive) {
    return new IndexCursor(this, fromInclusive, toExclusive, null);
  }

  /**
   * The same, but passes over nodes that are damaged and says so. A failing medium is no damage:
   * IOException comes through.
   */
  public IndexCursor scanTolerant(Key fromInclusive, Key toExclusive, DamageListener listener) {
    return new IndexCursor(this, fromInclusive, toExclusive, listener);
  }

  /**
   * Stores the changed nodes, children first, then frees what they replace. If it throws, nothing
   * was freed; what the store took before stays written, and a second call writes the rest. If the
   * store has lost what it took, the index has to be opened anew from the last root.
   *
   * @return the new root; empty if there are no entries
   */
  public Optional<IndexRoot> write() throws IOException, ContainerException {
    if (root instanceof IndexNode node) {
      root = writer.write(node);
    }
    writer.freeReplaced();
    return root instanceof StoredBranch stored
        ? Optional.of(new IndexRoot(stored.level(), stored.pointer()))
        : Optional.empty();
  }

  /**
   * Makes the nodes on the way to the leaf of a key dirty if one of them is stale, so that the next
   * {@link #write} stores them anew, somewhere else.
   *
   * @return where the next leaf begins; empty behind the last one
   */
  public Optional<Key> renew(Key from, Predicate<NodePointer> stale)
      throws IOException, DamagedContainerException {
    if (root == null) {
      return Optional.empty();
    }
    Path path = descend(new Path(root), from, false);
    boolean found =
        path.steps().stream().anyMatch(step -> isStale(step.node(), stale))
            || isStale(path.leaf(), stale);
    if (found) {
      thaw(path);
    }
    return path.upper().compareTo(Key.HIGHEST) < 0 ? Optional.of(path.upper()) : Optional.empty();
  }

  /**
   * Reads every node, and takes those that cannot be read out of the tree with all that is below
   * them: what they led to is missing until it is put again. Nothing is freed for them.
   *
   * @param whole hears of every stored node that could be read
   * @return what was taken out
   */
  public List<IndexCut> cutDamage(Consumer<NodePointer> whole) throws IOException {
    if (root == null) {
      return List.of();
    }
    Pruner pruner = new Pruner(cache, writer, whole);
    root = pruner.prune(root, Key.LOWEST, Key.HIGHEST);
    changes++;
    return pruner.cuts();
  }

  private static boolean isStale(IndexNode node, Predicate<NodePointer> stale) {
    return !node.isDirty() && stale.test(node.origin());
  }

  /** How many nodes {@link #write} would store. */
  public int dirtyNodes() {
    return writer.dirtyNodes();
  }

  /** Drops clean nodes from memory until at most so many are left. */
  public void trim(int maxCleanNodes) {
    cache.trim(maxCleanNodes);
  }

  /** How many nodes are in memory, clean and dirty. */
  int heldNodes() {
    return cache.size() + writer.dirtyNodes();
  }

  /** Counts changes: a cursor finds out that its leaf may be another. */
  long changes() {
    return changes;
  }

  @Nullable Branch root() {
    return root;
  }

  /**
   * Goes down to the leaf where a key belongs.
   *
   * @param path at the root; if this throws it stands at what could not be read
   * @param below rather to the leaf with the next lower key, if the key is the bound of a leaf
   */
  Path descend(Path path, Key key, boolean below) throws IOException, DamagedContainerException {
    while (true) {
      IndexNode node =
          path.branch() instanceof StoredBranch stored
              ? cache.load(stored, path.lower(), path.upper())
              : (IndexNode) path.branch();
      if (node instanceof IndexLeaf leaf) {
        path.end(leaf);
        return path;
      }
      IndexInner inner = (IndexInner) node;
      path.enter(inner, below ? inner.slotBelow(key) : inner.slotOf(key));
    }
  }

  private void thaw(Path path) {
    changes++;
    root = writer.thaw(path);
  }

  private static Optional<Map.Entry<Key, Value>> entry(IndexLeaf leaf, int at) {
    return at < 0
        ? Optional.empty()
        : Optional.of(new SimpleImmutableEntry<>(leaf.keys.get(at), leaf.value(at)));
  }
}
