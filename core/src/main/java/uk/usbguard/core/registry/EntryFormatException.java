package uk.usbguard.core.registry;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.UsbguardException;

/** A file of entries is not what it should be. Nothing of it was taken. */
public final class EntryFormatException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** Not UTF-8 text. */
    NOT_UTF8,
    /** No column, or a column nobody knows or twice. The detail names it. */
    HEADER,
    /** A row with more or fewer cells than the header. */
    COLUMNS,
    /** A quote that is not closed, or stands where none may. */
    QUOTES,
    /** A cell or line that is longer than any honest one. */
    TOO_LONG,
    /** Not JSON, or not of the shape that an export has. */
    JSON,
    /** A part or field that an export does not have, or not with this content. It is the detail. */
    JSON_PART,
    /** The file ends before its end, or the part of the detail is missing. */
    JSON_INCOMPLETE
  }

  private final Fault fault;
  private final long line;
  private final String detail;

  /** Takes what, where and which. */
  public EntryFormatException(Fault fault, long line, String detail, @Nullable Throwable cause) {
    super("entries: " + fault + " at line " + line, cause);
    this.fault = fault;
    this.line = line;
    this.detail = detail;
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }

  /** In which line of the file, from 1. */
  public long line() {
    return line;
  }

  /** Which column, or empty; for the person, never for a log. */
  public String detail() {
    return detail;
  }
}
