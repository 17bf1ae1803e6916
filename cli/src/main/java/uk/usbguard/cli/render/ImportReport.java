package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;

/**
 * What went into a container.
 *
 * @param type "encrypt" or "put"
 * @param leftOut files and folders that were asked for and are not there whole
 * @param interrupted whether Ctrl-C or a full medium ended it early
 */
public record ImportReport(
    @JsonIgnore String type,
    String container,
    boolean created,
    ImportCounts counts,
    Written written,
    long leftOut,
    boolean full,
    boolean interrupted,
    long milliseconds,
    @Nullable ShownSecret recoveryKey,
    @Nullable String recoverySheet,
    List<Note> notes)
    implements Report {

  @Override
  public void print(Page page) {
    var texts = page.texts();
    notes.forEach(note -> note.print(page));
    page.line(
        created ? "encrypt.created" : "encrypt.added",
        texts.count("file", counts.files()),
        texts.count("folder", counts.folders()),
        texts.size(counts.bytes()),
        Printable.name(container),
        Elapsed.text(milliseconds, texts));
    if (counts.unchanged() > 0) {
      page.line("encrypt.unchanged", texts.count("file", counts.unchanged()));
    }
    if (counts.removed() > 0) {
      page.line("encrypt.removed", texts.count("file", counts.removed()));
    }
    if (leftOut > 0) {
      page.line("encrypt.left-out", texts.count("entry", leftOut));
    }
    if (recoverySheet != null) {
      page.line("encrypt.sheet", Printable.name(recoverySheet));
    }
  }
}
