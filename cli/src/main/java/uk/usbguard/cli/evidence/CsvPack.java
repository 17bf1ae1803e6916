package uk.usbguard.cli.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.evidence.EvidencePack;
import uk.usbguard.core.evidence.Figure;
import uk.usbguard.core.evidence.Listing;
import uk.usbguard.core.evidence.Section;
import uk.usbguard.core.evidence.Value;
import uk.usbguard.core.registry.CsvRow;

/**
 * A report as CSV: {@code summary.csv} with every fact, and a file for each table. For
 * spreadsheets: days and times are ISO 8601, words are those of the English report. No cell is a
 * formula.
 */
public final class CsvPack {

  private static final Value.Match<String> PLAIN = new Plain();

  private final Wording words;
  private final Map<String, String> files = new LinkedHashMap<>();

  private CsvPack(Wording words) {
    this.words = words;
  }

  /** The files by their names. */
  public static Map<String, String> render(EvidencePack pack, Wording words) {
    CsvPack csv = new CsvPack(words);
    csv.write(pack);
    return Collections.unmodifiableMap(csv.files);
  }

  private void write(EvidencePack pack) {
    StringBuilder summary = new StringBuilder();
    row(summary, List.of("section", "items", "name", "what", "value"));
    words
        .provenance(pack.provenance())
        .forEach((name, value) -> row(summary, List.of("report", "", "", name, value)));
    for (Section section : pack.sections()) {
      String label = section.kind().label();
      String items = String.join(", ", section.kind().items());
      for (Figure figure : section.figures()) {
        row(
            summary,
            List.of(
                label, items, figure.name(), words.figure(figure.name()), value(figure.value())));
      }
      for (String missing : section.missing()) {
        row(summary, List.of(label, items, "missing", words.missing(missing), ""));
      }
      for (Listing listing : section.listings()) {
        row(summary, List.of(label, items, listing.name(), words.rows(listing), total(listing)));
        files.put(listing.name() + ".csv", table(listing));
      }
    }
    files.put("summary.csv", summary.toString());
  }

  private static String total(Listing listing) {
    return Long.toString(listing.total());
  }

  private String table(Listing listing) {
    StringBuilder table = new StringBuilder();
    row(table, listing.columns());
    for (List<Value> row : listing.rows()) {
      row(table, row.stream().map(this::value).toList());
    }
    return table.toString();
  }

  private String value(Value value) {
    return value instanceof Value.Word || value instanceof Value.Share
        ? words.value(value)
        : value.match(PLAIN);
  }

  private static void row(StringBuilder out, List<String> cells) {
    try {
      CsvRow.write(out, cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // unreachable: a text takes everything
    }
  }

  /** What a spreadsheet can compute with. */
  private static final class Plain implements Value.Match<String> {
    @Override
    public String text(String text) {
      return Printable.name(text);
    }

    @Override
    public String number(long number) {
      return Long.toString(number);
    }

    @Override
    public String share(long part, long whole) {
      return part + "/" + whole;
    }

    @Override
    public String day(LocalDate day) {
      return day.toString();
    }

    @Override
    public String moment(Instant moment) {
      return moment.toString();
    }

    @Override
    public String word(String kind, String label) {
      return label;
    }

    @Override
    public String nothing() {
      return "";
    }
  }
}
