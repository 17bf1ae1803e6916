package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import uk.usbguard.cli.text.Printable;

/**
 * One entry of a listing.
 *
 * @param kind "file" or "folder"
 * @param shown the name or path as the text shows it
 */
public record EntryLine(
    String path,
    String name,
    String kind,
    long size,
    Instant modified,
    Instant created,
    boolean executable,
    boolean readOnly,
    @JsonIgnore String shown,
    @JsonIgnore boolean detailed)
    implements Report {

  @Override
  public String type() {
    return "entry";
  }

  @Override
  public void print(Page page) {
    boolean folder = kind.equals("folder");
    String label = Printable.name(shown) + (folder ? "/" : "");
    if (!detailed) {
      page.plain(label);
      return;
    }
    String mode = (folder ? "d" : "-") + (readOnly ? "r-" : "rw") + (executable ? "x" : "-");
    String time = page.texts().time(modified);
    page.plain(
        String.format(
            page.texts().locale(),
            "%s %14s  %s  %s",
            mode,
            folder ? "" : page.texts().number(size),
            time,
            label));
  }
}
