package uk.usbguard.core.index;

import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.NodePointer;

/**
 * Where a tree begins, as a commit record keeps it.
 *
 * @param level of the root node, 0 for a leaf
 * @param pointer to the root node
 */
public record IndexRoot(int level, NodePointer pointer) {

  /** Refuses a level that is none. */
  public IndexRoot {
    if (level < 0 || level > IndexLimits.LEVEL) {
      throw new IllegalArgumentException("level " + level);
    }
  }
}
