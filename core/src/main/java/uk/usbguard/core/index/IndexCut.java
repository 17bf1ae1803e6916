package uk.usbguard.core.index;

import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;

/**
 * A node that could not be read and was taken out of the tree.
 *
 * @param node where it should be
 * @param from nothing is missing below this bound
 * @param to nothing is missing from this bound on
 */
public record IndexCut(NodePointer node, Key from, Key to) {}
