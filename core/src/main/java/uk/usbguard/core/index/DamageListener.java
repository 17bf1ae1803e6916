package uk.usbguard.core.index;

import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;

/** Hears what a tolerant scan could not read. */
@FunctionalInterface
public interface DamageListener {

  /**
   * A node that cannot be read, once for each scan.
   *
   * @param pointer to the node
   * @param lowest nothing is missing below this bound
   * @param next nothing is missing from this bound on
   */
  void damaged(NodePointer pointer, Key lowest, Key next);
}
