package uk.usbguard.core.media;

/** A file or folder of a file system that is listed. */
interface Node {

  String name();

  boolean isFolder();

  /** A file's bytes; of a folder nothing. */
  Region content();

  /** What is in a folder; of a file nothing. */
  Folder folder() throws ReadFailedException;
}
