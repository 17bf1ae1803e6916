package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * What was taken out of a container.
 *
 * @param type "decrypt" or "get"
 * @param damaged files that do not verify and were not written
 * @param damagedCopies files that were written with zeros in place of what does not verify
 * @param leftOut files and folders that are not there whole, damaged ones included
 */
public record ExportReport(
    @JsonIgnore String type,
    String container,
    String target,
    long files,
    long folders,
    long bytes,
    long damaged,
    long damagedCopies,
    long leftOut,
    boolean interrupted,
    long milliseconds,
    List<Note> notes)
    implements Report {

  @Override
  public void print(Page page) {
    var texts = page.texts();
    notes.forEach(note -> note.print(page));
    page.line(
        "decrypt.done",
        texts.count("file", files),
        texts.count("folder", folders),
        texts.size(bytes),
        Printable.name(target),
        Elapsed.text(milliseconds, texts));
    if (damaged > 0) {
      page.line("decrypt.damaged", texts.count("file", damaged));
    }
    if (damagedCopies > 0) {
      page.line("decrypt.damaged-copies", texts.count("file", damagedCopies));
    }
    long others = leftOut - damaged - damagedCopies;
    if (others > 0) {
      page.line("decrypt.left-out", texts.count("entry", others));
    }
  }
}
