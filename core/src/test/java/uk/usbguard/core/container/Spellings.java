package uk.usbguard.core.container;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Names and the ways in which people and systems write them: upper and lower case, composed and
 * decomposed accents. Which spellings are one name is written down here by hand, so that a model
 * does not fold as the container does.
 */
final class Spellings {

  /** Each row is one name; the first spelling stands for it. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("n0"),
          List.of("letter.docx", "LETTER.DOCX", "Letter.docx"),
          List.of("caf\u00e9", "cafe\u0301", "CAF\u00c9", "CAFE\u0301"),
          List.of("stra\u00dfe", "STRASSE", "strasse"),
          List.of("\ufb01le", "FILE", "file"),
          List.of("\u00e5ngstr\u00f6m", "\u212bngstro\u0308m", "A\u030angstr\u00f6m"),
          List.of("\u0395\u039b\u039b\u0391\u03a3", "\u03b5\u03bb\u03bb\u03b1\u03c2"),
          List.of("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
          List.of("\ud83d\ude42 scan (1).pdf", "\ud83d\ude42 SCAN (1).PDF"),
          List.of("cafe"),
          List.of("fi le"));

  private static final List<List<String>> FOLDERS =
      List.of(List.of("d0", "D0"), List.of("\u00fcber", "U\u0308BER", "\u00dcber"), List.of("d2"));

  private static final Map<String, String> FIRST = new HashMap<>();

  static {
    for (List<List<String>> all : List.of(NAMES, FOLDERS)) {
      for (List<String> row : all) {
        row.forEach(spelling -> FIRST.put(spelling, row.get(0)));
      }
    }
  }

  private Spellings() {}

  static String someName(Random random) {
    return some(NAMES, random);
  }

  static String someFolder(Random random) {
    return some(FOLDERS, random);
  }

  private static String some(List<List<String>> names, Random random) {
    List<String> row = names.get(random.nextInt(names.size()));
    return row.get(random.nextInt(row.size()));
  }

  /** The one spelling that stands for a path; a name that is not listed stands for itself. */
  static String canonical(String path) {
    StringBuilder text = new StringBuilder();
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        text.append('/').append(FIRST.getOrDefault(name, name));
      }
    }
    return text.toString();
  }
}
