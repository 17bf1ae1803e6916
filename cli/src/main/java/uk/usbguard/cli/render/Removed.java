package uk.usbguard.cli.render;

import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * What was removed.
 *
 * @param paths the ones that are gone
 * @param files how many files were counted under them
 * @param interrupted whether it was stopped before all was removed and counted
 */
public record Removed(
    String container, List<String> paths, long files, long folders, boolean interrupted)
    implements Report {

  @Override
  public String type() {
    return "rm";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    String shown = Printable.name(container);
    if (paths.isEmpty()) {
      page.line("rm.nothing", shown);
    } else if (interrupted) {
      page.line("rm.stopped", shown);
      paths.forEach(path -> page.line("rm.path", Printable.name(path)));
    } else {
      page.line("rm.done", shown, texts.count("file", files), texts.count("folder", folders));
    }
  }
}
