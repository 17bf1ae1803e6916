package uk.usbguard.core.media;

import java.util.List;

/**
 * What is in one folder.
 *
 * @param deleted entries of removed files
 * @param complete false if it was too large or broke a rule, so that more may be there
 */
record Folder(List<Node> nodes, int deleted, boolean complete) {

  /** More entries than this are not listed. */
  static final int MAX_NODES = 4096;

  static final Folder NONE = new Folder(List.of(), 0, true);

  Folder {
    nodes = List.copyOf(nodes);
  }
}
