package uk.usbguard.core.container;

/** What happens if there is something of that name already. */
public enum PutMode {
  /** It stays, and the caller hears that it exists. */
  CREATE,
  /** A file is replaced, at once and as a whole; a folder is not. */
  REPLACE
}
