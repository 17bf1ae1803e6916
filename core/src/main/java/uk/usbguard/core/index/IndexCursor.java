package uk.usbguard.core.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;

/**
 * Goes through a range of an {@link Index} in ascending order and holds one leaf at a time. After a
 * change of the index it goes on at the next key that is there then. Needs no closing.
 */
public final class IndexCursor {

  private final Index index;
  private final Key to;
  private final @Nullable DamageListener listener;
  private Key from;
  private boolean fromIsDone;
  private boolean ended;

  private @Nullable IndexLeaf leaf;
  private int next;
  private Key leafUpper = Key.LOWEST;
  private long changesSeen;

  private @Nullable Key key;
  private @Nullable Value value;

  IndexCursor(Index index, Key from, Key to, @Nullable DamageListener listener) {
    this.index = index;
    this.from = from;
    this.to = to;
    this.listener = listener;
  }

  /**
   * Goes to the next entry.
   *
   * @return whether there is one
   */
  public boolean advance() throws IOException, DamagedContainerException {
    key = null;
    value = null;
    if (leaf != null && changesSeen != index.changes()) {
      leaf = null;
    }
    while (!ended) {
      if (leaf == null) {
        seek();
      } else if (next < leaf.count()) {
        return take(leaf);
      } else {
        goOnAt(leafUpper);
      }
    }
    return false;
  }

  /** The key of the entry that the cursor is at. */
  public Key key() {
    if (key == null) {
      throw new IllegalStateException("not at an entry");
    }
    return key;
  }

  /** The value of the entry that the cursor is at. */
  public Value value() {
    if (value == null) {
      throw new IllegalStateException("not at an entry");
    }
    return value;
  }

  private boolean take(IndexLeaf at) {
    Key candidate = at.keys.get(next);
    if (candidate.compareTo(to) >= 0) {
      end();
      return false;
    }
    key = candidate;
    value = at.value(next);
    next++;
    from = candidate;
    fromIsDone = true;
    return true;
  }

  private void goOnAt(Key bound) {
    leaf = null;
    from = bound;
    fromIsDone = false;
  }

  private void end() {
    ended = true;
    leaf = null;
  }

  private void seek() throws IOException, DamagedContainerException {
    Branch root = index.root();
    if (root == null || from.compareTo(to) >= 0 || from.compareTo(Key.HIGHEST) >= 0) {
      end();
      return;
    }
    Path path = new Path(root);
    try {
      index.descend(path, from, false);
    } catch (DamagedContainerException e) {
      if (listener == null || !(path.branch() instanceof StoredBranch damaged)) {
        throw e;
      }
      listener.damaged(damaged.pointer(), max(path.lower(), from), min(path.upper(), to));
      goOnAt(path.upper());
      return;
    }
    leaf = path.leaf();
    leafUpper = path.upper();
    changesSeen = index.changes();
    int found = leaf.find(from);
    next = found < 0 ? -found - 1 : found + (fromIsDone ? 1 : 0);
  }

  private static Key max(Key a, Key b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Key min(Key a, Key b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
