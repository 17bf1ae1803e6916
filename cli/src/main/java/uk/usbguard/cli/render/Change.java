package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * A small change of a container, of which there is little to say.
 *
 * @param type the command
 * @param paths what it was about
 * @param files how many files it concerned
 */
public record Change(
    @JsonIgnore String type, String container, List<String> paths, long files, long folders)
    implements Report {

  @Override
  public void print(Page page) {
    var texts = page.texts();
    String first = paths.isEmpty() ? "" : Printable.name(paths.get(0));
    String last = paths.isEmpty() ? "" : Printable.name(paths.get(paths.size() - 1));
    page.line(
        type + ".done",
        Printable.name(container),
        first,
        last,
        texts.count("file", files),
        texts.count("folder", folders));
  }
}
