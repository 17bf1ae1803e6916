package uk.usbguard.core.index;

import uk.usbguard.core.format.NodePointer;

/**
 * A branch that the store holds as it is.
 *
 * @param level of the node
 * @param pointer to the node
 */
record StoredBranch(int level, NodePointer pointer) implements Branch {}
