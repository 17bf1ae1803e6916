package uk.usbguard.cli.render;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.evidence.EvidencePack;
import uk.usbguard.core.evidence.Section;
import uk.usbguard.core.evidence.Value;

/**
 * A report was written, and what is in it.
 *
 * @param report which
 * @param to the file or folder
 * @param files how many files that is
 */
public record ReportWritten(
    String report,
    String format,
    String to,
    int files,
    Instant made,
    String organisation,
    List<Part> sections)
    implements Report {

  private static final Value.Match<Optional<Object>> JSON = new Json();

  /**
   * A section.
   *
   * @param items what it answers to
   * @param figures its facts by name; without what there is none of
   * @param rows how many rows each table has, or would have
   * @param missing what the program does not record
   */
  public record Part(
      String section,
      List<String> items,
      Map<String, Object> figures,
      Map<String, Long> rows,
      List<String> missing) {

    static Part of(Section section) {
      Map<String, Object> figures = new LinkedHashMap<>();
      section
          .figures()
          .forEach(
              figure -> {
                figure.value().match(JSON).ifPresent(value -> figures.put(figure.name(), value));
              });
      Map<String, Long> rows = new LinkedHashMap<>();
      section.listings().forEach(listing -> rows.put(listing.name(), listing.total()));
      return new Part(
          section.kind().label(), section.kind().items(), figures, rows, section.missing());
    }
  }

  /** So many of so many. */
  public record Share(long part, long of) {}

  /** What was written. */
  public static ReportWritten of(EvidencePack pack, String format, String to, int files) {
    return new ReportWritten(
        pack.kind().name().toLowerCase(Locale.ROOT),
        format,
        to,
        files,
        pack.provenance().made(),
        pack.provenance().organisation(),
        pack.sections().stream().map(Part::of).toList());
  }

  @Override
  public String type() {
    return "report-" + report;
  }

  @Override
  public void print(Page page) {
    page.line("report.done", Printable.name(to), page.texts().count("file", files));
    if (sections.size() == 1) {
      sections
          .get(0)
          .figures()
          .forEach(
              (name, value) -> {
                if (value instanceof Long number) {
                  page.line(
                      "report.figure",
                      page.texts().get("evidence.figure." + name),
                      page.texts().number(number));
                }
              });
    }
  }

  private static final class Json implements Value.Match<Optional<Object>> {
    @Override
    public Optional<Object> text(String text) {
      return Optional.of(text);
    }

    @Override
    public Optional<Object> number(long number) {
      return Optional.of(number);
    }

    @Override
    public Optional<Object> share(long part, long whole) {
      return Optional.of(new Share(part, whole));
    }

    @Override
    public Optional<Object> day(LocalDate day) {
      return Optional.of(day.toString());
    }

    @Override
    public Optional<Object> moment(Instant moment) {
      return Optional.of(moment);
    }

    @Override
    public Optional<Object> word(String kind, String label) {
      return Optional.of(label);
    }

    @Override
    public Optional<Object> nothing() {
      return Optional.empty();
    }
  }
}
