package uk.usbguard.core.media;

/** A file or folder on FAT or exFAT. */
record ClusterNode(String name, boolean isFolder, Region content, Lister lister) implements Node {

  /** Lists a folder when it is asked for. */
  @FunctionalInterface
  interface Lister {
    Folder list() throws ReadFailedException;
  }

  @Override
  public Folder folder() throws ReadFailedException {
    return isFolder ? lister.list() : Folder.NONE;
  }
}
