package uk.usbguard.cli.render;

import java.util.List;
import uk.usbguard.cli.text.Printable;

/** What reading everything found. */
public record Verified(
    String container,
    boolean sound,
    long files,
    long folders,
    long bytes,
    List<Damage> damage,
    long milliseconds)
    implements Report {

  /**
   * Something that does not verify.
   *
   * @param part file, folder, key-area or save
   * @param path the file or folder; empty for the others
   */
  public record Damage(String part, String path, List<Range> ranges, String detail) {}

  /** Bytes of a file; the end is not among them. */
  public record Range(long from, long to) {

    void print(Page page) {
      page.line("verify.range", page.texts().number(from), page.texts().number(to));
    }
  }

  @Override
  public String type() {
    return "verify";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    for (Damage found : damage) {
      page.line("verify." + found.part(), Printable.name(found.path()), found.detail());
      found.ranges().forEach(range -> range.print(page));
    }
    page.line(
        sound ? "verify.sound" : "verify.damaged",
        texts.count("file", files),
        texts.size(bytes),
        texts.count("damage", damage.size()),
        Printable.name(container));
  }
}
