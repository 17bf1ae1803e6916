package uk.usbguard.core.media;

/** What one extent is. */
public enum ExtentState {
  /** Exactly one container, fully validated, and nothing else. */
  ENCRYPTED,
  /** Anybody can read what is here, or some of it. */
  READABLE,
  /** Something that could be encrypted but does not prove it for all of the extent. */
  UNPROVEN,
  /** Random-looking, without a structure. */
  OPAQUE,
  /** Nothing found: constant bytes at every place that was looked at. */
  EMPTY,
  /** It could not be read where it had to be. */
  UNREADABLE
}
