package uk.usbguard.cli.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;

/**
 * What is on a medium.
 *
 * @param targetKind device, image or tree
 * @param encrypted whether policies take it for encrypted: verified or asserted
 * @param bytesRead what the scan cost
 */
public record Scanned(
    String target,
    String targetKind,
    String verdict,
    boolean encrypted,
    long size,
    long bytesRead,
    List<String> reasons,
    List<ExtentLine> extents)
    implements Report {

  /**
   * One stretch of it.
   *
   * @param role whole, partition, gap or tree
   * @param reasons why it is not more than its state says
   */
  public record ExtentLine(
      String role,
      int number,
      long offset,
      long length,
      String state,
      List<String> reasons,
      List<EvidenceLine> evidence) {

    private boolean isWorthALine() {
      return !role.equals("gap") || !reasons.isEmpty();
    }

    private String formats() {
      List<String> named =
          evidence.stream()
              .filter(e -> e.format() != null)
              .map(e -> String.valueOf(e.format()))
              .distinct()
              .toList();
      return String.join(", ", named);
    }

    private List<String> fingerprints() {
      return evidence.stream()
          .filter(e -> e.fingerprint() != null)
          .map(e -> String.valueOf(e.fingerprint()))
          .distinct()
          .toList();
    }
  }

  /**
   * One thing that was seen: kind sighting, sample, listing or unread; the rest as it applies.
   *
   * @param fingerprint of a container that says which one it is
   */
  public record EvidenceLine(
      String kind,
      @Nullable String format,
      @Nullable Long offset,
      @Nullable String soundness,
      @Nullable List<String> doubts,
      @Nullable String fingerprint,
      @Nullable Counts counts) {}

  /** Of a sample: windows, constant, random, structured; of a listing the other four. */
  public record Counts(
      @Nullable Integer windows,
      @Nullable Integer constant,
      @Nullable Integer random,
      @Nullable Integer structured,
      @Nullable Integer containers,
      @Nullable Integer companions,
      @Nullable Integer others,
      @Nullable Integer deleted) {}

  @Override
  public String type() {
    return "scan";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    page.line("scan.verdict." + verdict, Printable.name(target));
    for (String reason : reasons) {
      page.line("scan.reason", texts.get("reason." + reason));
    }
    for (ExtentLine extent : extents) {
      if (extent.isWorthALine()) {
        print(page, extent);
      }
    }
    String cost = bytesRead > size ? "scan.cost-twice" : "scan.cost";
    page.line(cost, texts.size(bytesRead), texts.size(size));
  }

  private static void print(Page page, ExtentLine extent) {
    var texts = page.texts();
    String formats = extent.formats();
    page.line(
        "scan.extent." + extent.role(),
        extent.number(),
        texts.number(extent.offset()),
        texts.size(extent.length()),
        texts.get("scan.state." + extent.state()),
        formats.isEmpty() ? texts.get("scan.nothing-known") : formats);
    for (String reason : extent.reasons()) {
      page.line("scan.reason", texts.get("reason." + reason));
    }
    if (extent.state().equals("encrypted")) {
      extent.fingerprints().forEach(known -> page.line("scan.fingerprint", known));
    }
  }
}
