package uk.usbguard.cli.render;

import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * What a repair did, or would do.
 *
 * @param dryRun whether nothing was written
 * @param salvaged whether it was put together from pieces
 * @param whole whether nothing is lost
 * @param mended what was put right beside the content
 * @param restored names that were put back where they had been
 * @param recovered names in the folder Recovered
 * @param damage what is damaged all the same
 */
public record Repaired(
    String container,
    boolean dryRun,
    boolean salvaged,
    boolean whole,
    List<Mended> mended,
    long restored,
    List<String> recovered,
    List<Verified.Damage> damage,
    long milliseconds)
    implements Report {

  /**
   * Something that was put right.
   *
   * @param part key-area, root-slots, segment-header, segment, opening, index or commit
   * @param detail which one, as a number
   */
  public record Mended(String part, String detail) {}

  @Override
  public String type() {
    return "repair";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    for (Mended one : mended) {
      page.line((dryRun ? "repair.would." : "repair.did.") + one.part(), one.detail());
    }
    for (String name : recovered) {
      page.line("repair.recovered", Printable.name(name));
    }
    for (Verified.Damage found : damage) {
      page.line("verify." + found.part(), Printable.name(found.path()), found.detail());
      found.ranges().forEach(range -> range.print(page));
    }
    page.line(summary(), Printable.name(container), texts.count("damage", damage.size()));
  }

  /** A part that is missing is named among what was put right, but was not. */
  private boolean mends() {
    return restored > 0
        || !recovered.isEmpty()
        || mended.stream().anyMatch(one -> !one.part().equals("segment"));
  }

  private String summary() {
    if (!whole && !salvaged && !mends()) {
      return "repair.in-vain";
    }
    if (!whole) {
      return salvaged ? "repair.salvaged-in-part" : dryRun ? "repair.would-lose" : "repair.lost";
    }
    if (salvaged) {
      return "repair.salvaged";
    }
    if (mended.isEmpty()) {
      return "repair.nothing";
    }
    return dryRun ? "repair.would-mend" : "repair.mended";
  }
}
