package uk.usbguard.core.container;

/** What a container is opened for. */
public enum OpenMode {
  /** Nothing is written, no lock is taken; somebody else may write meanwhile. */
  READ_ONLY,
  /** The only writer. */
  READ_WRITE
}
