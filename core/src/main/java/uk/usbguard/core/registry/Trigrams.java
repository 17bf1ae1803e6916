package uk.usbguard.core.registry;

import java.util.Optional;
import java.util.StringJoiner;

/** Every run of three characters of a text, as SQLite's full-text search is asked for them. */
final class Trigrams {

  static final int LENGTH = 3;

  private Trigrams() {}

  /** All of them, in any place and order; empty if the text is too short to have one. */
  static Optional<String> allOf(String text) {
    int[] characters = text.codePoints().toArray();
    if (characters.length < LENGTH) {
      return Optional.empty();
    }
    StringJoiner all = new StringJoiner(" AND ");
    for (int i = 0; i + LENGTH <= characters.length; i++) {
      all.add('"' + new String(characters, i, LENGTH).replace("\"", "\"\"") + '"');
    }
    return Optional.of(all.toString());
  }
}
