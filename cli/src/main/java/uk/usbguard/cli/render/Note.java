package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * Something about one file or folder.
 *
 * @param kind {@link NoteKind#id}
 * @param path the one that was asked for
 * @param detail the other name, the reason, or empty
 * @param ranges the bytes of the file that it is about, if it is not about all
 */
public record Note(
    String kind,
    String path,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Verified.Range> ranges) {

  public Note {
    ranges = List.copyOf(ranges);
  }

  void print(Page page) {
    page.line("note." + kind, Printable.name(path), Printable.name(detail));
    ranges.forEach(range -> range.print(page));
  }
}
