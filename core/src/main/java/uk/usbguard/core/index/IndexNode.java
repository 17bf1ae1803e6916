package uk.usbguard.core.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodePointer;

/**
 * A node in memory. Clean, it is what the store holds and does not change; dirty, it is changed in
 * place and knows without encoding how long its encoding will be.
 */
abstract sealed class IndexNode implements Branch permits IndexLeaf, IndexInner {

  /** What a node that grows at its right edge is left with: room for changes to come. */
  private static final int FILLED = IndexLimits.NODE * 9 / 10;

  private static final int NOWHERE = -2;

  final List<Key> keys;
  EpochUses uses = new EpochUses();
  int entryBytes;

  private @Nullable NodePointer origin;
  private boolean dirty;
  private int lastInsert = NOWHERE;
  private boolean ascending;

  /** A new, dirty node. */
  IndexNode() {
    this.keys = new ArrayList<>();
    this.dirty = true;
  }

  /** A clean node as it was read. */
  IndexNode(List<Key> keys, NodePointer origin) {
    this.keys = keys;
    this.origin = origin;
  }

  /** Bytes of one entry, without a salt. */
  abstract int entryLength(int i);

  /** The epoch that one entry is known to need. */
  abstract Optional<EpochSalt> epochOf(int i);

  /** Bytes for the salts of pointers that do not exist yet. */
  abstract int reservedBytes();

  /** The node as the codec takes it. */
  abstract Node toNode();

  /** Moves the entries from {@code i} on to a new node. */
  abstract IndexNode splitOff(int i);

  /** Where the store holds this or, if it is dirty, what it replaces. */
  final @Nullable NodePointer origin() {
    return origin;
  }

  final boolean isDirty() {
    return dirty;
  }

  final int count() {
    return keys.size();
  }

  /** Index of the key, or -(where it belongs) - 1. */
  final int find(Key key) {
    return Collections.binarySearch(keys, key);
  }

  /** Length of the encoding; of a dirty inner node, what it can be at most. */
  final int encodedLength() {
    if (!dirty && origin != null) {
      return origin.plainLength();
    }
    return IndexLimits.NODE_HEADER + uses.encodedLength() + reservedBytes() + entryBytes;
  }

  /** Makes a clean node dirty: from now on it may be changed. */
  final void thaw() {
    dirty = true;
    uses = new EpochUses();
    entryBytes = 0;
    count(0, count());
  }

  /** Makes a dirty node clean: the store holds it there. */
  final void freeze(NodePointer pointer) {
    dirty = false;
    origin = pointer;
    uses = new EpochUses();
  }

  /** Notes where an entry came in: it tells entries that come in order from others. */
  final void noteInsert(int i) {
    ascending = i == lastInsert + 1 || i == count() - 1;
    lastInsert = i;
  }

  /** Notes that entries went. */
  final void noteRemoval() {
    ascending = false;
    lastInsert = NOWHERE;
  }

  /** Counts entries in. */
  final void count(int from, int to) {
    for (int i = from; i < to; i++) {
      entryBytes += entryLength(i);
      uses.add(epochOf(i));
    }
  }

  /** Counts entries out. */
  final void discount(int from, int to) {
    for (int i = from; i < to; i++) {
      entryBytes -= entryLength(i);
      uses.remove(epochOf(i));
    }
  }

  /**
   * Where to split: both parts fit into a node. Where entries come in order, more is likely to
   * follow: the left part ends there, or stays nearly full. Else the parts are about equal.
   */
  final int splitPoint() {
    int[] left = prefixLengths();
    int[] right = suffixLengths();
    int best = 1;
    int bestLength = Integer.MAX_VALUE;
    for (int i = 1; i < count(); i++) {
      int length = Math.max(left[i], right[i]);
      if (length < bestLength) {
        best = i;
        bestLength = length;
      }
    }
    if (ascending) {
      int behind = lastInsert + 1;
      if (behind < count() && Math.max(left[behind], right[behind]) <= IndexLimits.NODE) {
        return behind;
      }
      for (int i = count() - 1; i > best; i--) {
        if (left[i] <= FILLED && right[i] <= IndexLimits.NODE) {
          return i;
        }
      }
    }
    return best;
  }

  private int[] prefixLengths() {
    int[] lengths = new int[count() + 1];
    EpochUses epochs = new EpochUses();
    int bytes = IndexLimits.NODE_HEADER + reservedBytes();
    for (int i = 0; i < count(); i++) {
      bytes += entryLength(i);
      epochs.add(epochOf(i));
      lengths[i + 1] = bytes + epochs.encodedLength();
    }
    return lengths;
  }

  private int[] suffixLengths() {
    int[] lengths = new int[count() + 1];
    EpochUses epochs = new EpochUses();
    int bytes = IndexLimits.NODE_HEADER + reservedBytes();
    for (int i = count() - 1; i >= 0; i--) {
      bytes += entryLength(i);
      epochs.add(epochOf(i));
      lengths[i] = bytes + epochs.encodedLength();
    }
    return lengths;
  }
}
