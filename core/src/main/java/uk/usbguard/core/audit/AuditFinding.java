package uk.usbguard.core.audit;

import java.util.Locale;

/**
 * Something in a log that no honest writer leaves.
 *
 * @param first the first entry that it concerns, by number
 * @param last the last one
 * @param file the name of the file in which it shows
 * @param line the line in that file, from 1; 0 if no line of it is meant
 */
public record AuditFinding(Kind kind, long first, long last, String file, long line) {

  /** What is wrong. */
  public enum Kind {
    /** The entry is not what was written. */
    EDITED,
    /** The entries are missing. */
    DELETED,
    /** The entry stands at another place than where it was written. */
    MOVED,
    /** The entry is there twice. */
    REPEATED,
    /** Here stand bytes that are no entry, and no crash left them. */
    FOREIGN_BYTES,
    /** The signature over these entries is not genuine: one of them or more was changed. */
    NOT_SIGNED,
    /** These entries should be covered by a signature and are not. */
    SIGNATURE_MISSING,
    /** The file does not begin as a file of this log with this number and key. */
    WRONG_HEADER,
    /** What has the name of a file of the log is no regular file; it was not read. */
    NOT_A_FILE,
    /** The log ends before these entries, which were there once. */
    CUT_OFF,
    /** The entry is not the one that was here once: the log was rolled back and went on. */
    ROLLED_BACK,
    /** Another log was here. */
    REPLACED,
    /** A log was here, and no file of it is left. */
    GONE;

    /** Its name for scripts. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
