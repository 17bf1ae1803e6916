package uk.usbguard.cli.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of file a report is. */
public enum ReportFormat {
  HTML,
  PDF,
  /** A folder of files. */
  CSV;

  /** As it is typed and as in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of this name. */
  public static Optional<ReportFormat> named(String word) {
    return Arrays.stream(values()).filter(one -> one.label().equalsIgnoreCase(word)).findFirst();
  }

  /** The format that the name of a file ends with. A folder's name says nothing. */
  public static Optional<ReportFormat> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".html") || lower.endsWith(".htm")) {
      return Optional.of(HTML);
    }
    return lower.endsWith(".pdf") ? Optional.of(PDF) : Optional.empty();
  }
}
