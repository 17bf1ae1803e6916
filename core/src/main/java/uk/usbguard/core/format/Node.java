package uk.usbguard.core.format;

/** A node of the index as its bytes say it. */
public sealed interface Node permits LeafNode, InnerNode {

  /** 0 for a leaf, one more than its children's for an inner node. */
  int level();
}
