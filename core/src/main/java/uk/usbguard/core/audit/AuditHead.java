package uk.usbguard.core.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest entry of a log at some moment. Kept elsewhere, it proves later that nothing up to
 * there was cut off or replaced.
 *
 * @param log the log's id
 * @param entry the entry's number
 * @param hash the entry's hash, in hexadecimal
 */
public record AuditHead(String log, long entry, String hash) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{32}):([1-9][0-9]{0,17}):([0-9a-f]{64})");

  public AuditHead {
    if (!FORM.matcher(log + ":" + entry + ":" + hash).matches()) {
      throw new IllegalArgumentException("no head of a log");
    }
  }

  /** Reads {@link #toString()}. */
  public static Optional<AuditHead> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new AuditHead(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3)))
        : Optional.empty();
  }

  /** {@code LOG:ENTRY:HASH}. */
  @Override
  public String toString() {
    return log + ":" + entry + ":" + hash;
  }
}
