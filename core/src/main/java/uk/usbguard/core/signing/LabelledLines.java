package uk.usbguard.core.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads the small text files of this package: a title line, then {@code label: value} lines in one
 * order, each ended by a line feed, nothing else. There is one way only to write a content, so that
 * a file cannot be changed without changing what it says.
 */
final class LabelledLines {

  private final List<String> lines;
  private int next;

  private LabelledLines(List<String> lines) {
    this.lines = lines;
  }

  /** Nothing if it is not ASCII text whose first line is the title. */
  static Optional<LabelledLines> of(byte[] file, String title) {
    List<String> lines = new ArrayList<>();
    String text = new String(file, StandardCharsets.US_ASCII);
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    boolean whole = start == text.length() && !lines.isEmpty() && lines.get(0).equals(title);
    return whole
        ? Optional.of(new LabelledLines(lines.subList(1, lines.size())))
        : Optional.empty();
  }

  /** The value of the next line if it has this label; only then is the line used up. */
  Optional<String> value(String label) {
    String start = label + ": ";
    if (isAtEnd() || !lines.get(next).startsWith(start)) {
      return Optional.empty();
    }
    return Optional.of(lines.get(next++).substring(start.length()));
  }

  /** The same in Base64, in its one canonical form. */
  Optional<byte[]> bytes(String label) {
    return value(label).flatMap(LabelledLines::decode);
  }

  boolean isAtEnd() {
    return next == lines.size();
  }

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
