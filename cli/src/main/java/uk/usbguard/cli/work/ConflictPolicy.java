package uk.usbguard.cli.work;

/** What happens to a file whose name the container has already, with other content. */
public enum ConflictPolicy {
  /** The one in the container stays; the new one is reported and left out. */
  REFUSE,
  /** The new one takes its place. */
  REPLACE,
  /** Both stay: the new one gets a number. */
  KEEP_BOTH
}
