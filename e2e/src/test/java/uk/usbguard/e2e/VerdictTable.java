package uk.usbguard.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of docs/verdict.md that compares the verdict with libblkid's: counted by a test, but for
 * the last column, which says in words why the two differ and is kept.
 */
final class VerdictTable {

  static final String START = "<!-- beside-libblkid: scripts/make-verdict-table -->\n";
  static final String END = "<!-- /beside-libblkid -->";

  private static final Pattern ROW =
      Pattern.compile("\\| ([a-z]+) \\| ([a-z-]+) \\| \\d+ \\| (.*) \\|");

  /** What real tools make is not the same twice: a few blocks more or less do not count. */
  private static final long STEP = 8 << 20;

  private static final Pattern VERSION = Pattern.compile("libblkid (\\d+\\.[0-9.]*\\d)");

  private final Map<String, Integer> rows = new TreeMap<>();
  private int media;
  private int forgeries;
  private int crypto;
  private int cryptoProven;
  private long mostRead;

  /** Counts one medium. */
  void add(String name, String libblkid, String verdict, long bytesRead) {
    rows.merge(libblkid + " | " + verdict, 1, Integer::sum);
    media++;
    forgeries += name.startsWith("forged-") ? 1 : 0;
    if (libblkid.equals("crypto")) {
      crypto++;
      cryptoProven += verdict.equals("verified-encrypted") ? 1 : 0;
    }
    mostRead = Math.max(mostRead, bytesRead);
  }

  /** The page with these counts in it; words that explain a row are those of the page as it was. */
  String into(String page, String version) {
    int from = page.indexOf(START) + START.length();
    Map<String, String> why = reasons(page);
    StringBuilder part = new StringBuilder();
    part.append(media)
        .append(" media, ")
        .append(forgeries)
        .append(" of them forgeries, and `blkid -p -o export` of libblkid ")
        .append(version)
        .append(":\n\n| libblkid | verdict | media | why they differ |\n|---|---|---|---|\n");
    rows.forEach(
        (row, count) ->
            part.append("| %s | %d | %s |\n".formatted(row, count, why.getOrDefault(row, "?"))));
    part.append(
        "\nOf %d media that libblkid calls *crypto*, %d do not prove to be encrypted. None of the %d costs more than %d MiB of reading.\n"
            .formatted(crypto, crypto - cryptoProven, media, (mostRead / STEP + 1) * 8));
    return page.substring(0, from) + part + page.substring(page.indexOf(END));
  }

  /** Rows of a page whose difference nobody has explained. */
  static Map<String, String> unexplained(String page) {
    Map<String, String> all = reasons(page);
    all.values().removeIf(why -> !why.equals("?") && !why.isBlank());
    return all;
  }

  /** The version that the page was made with. */
  static String version(String page) {
    Matcher version = VERSION.matcher(page.substring(page.indexOf(START)));
    return version.find() ? version.group(1) : "none";
  }

  private static Map<String, String> reasons(String page) {
    Map<String, String> why = new LinkedHashMap<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      why.put(row.group(1) + " | " + row.group(2), row.group(3));
    }
    return why;
  }
}
