package uk.usbguard.core.index;

/** What hangs on an inner node, or is the root: stored and perhaps cached, or changed in memory. */
sealed interface Branch permits StoredBranch, IndexNode {

  /** 0 for a leaf. */
  int level();
}
