package uk.usbguard.core.container;

/** What an entry is. */
public enum EntryKind {
  /** A file. */
  FILE,
  /** A folder. */
  FOLDER
}
