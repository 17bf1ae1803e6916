package uk.usbguard.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.cli.sheet.RecoverySheet;
import uk.usbguard.cli.sheet.SheetFile;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.secret.RecoveryKey;

/** Shows a new recovery key once: on paper, on standard output, else on the terminal. */
final class RecoveryKeyShowing {

  private final Workbench bench;
  private final Output output;
  private final RecoveryOptions options;

  RecoveryKeyShowing(Workbench bench, Output output, RecoveryOptions options) {
    this.bench = bench;
    this.output = output;
    this.options = options;
  }

  /** Fails if the sheet could not be written, before there is a key that nobody would see. */
  static void checkSheet(Workbench bench, @Nullable Path sheet) throws CommandException {
    if (sheet == null) {
      return;
    }
    Path file = bench.folder().resolve(sheet).toAbsolutePath();
    Path folder = file.getParent();
    if (Files.exists(file) || folder == null || !Files.isWritable(folder)) {
      throw new CommandException(
          ExitCode.CANNOT_CREATE, "no-sheet", Printable.name(file.toString()));
    }
  }

  /** Returns the text too, for the result as JSON. The caller closes it. */
  ShownSecret show(RecoveryKey key, Path container, String containerId) throws IOException {
    ShownSecret text = ShownSecret.take(key.toText());
    Path sheet = options.sheet();
    if (sheet != null) {
      writeSheet(sheet, text, container, containerId);
    }
    if (options.toStdout()) {
      output.secret("recovery.stdout", text);
    } else if (sheet == null) {
      bench.terminal().showToPerson(person -> onTerminal(text, person));
    }
    return text;
  }

  private void writeSheet(Path sheet, ShownSecret text, Path container, String containerId)
      throws IOException {
    Path file = bench.folder().resolve(sheet);
    byte[] pdf =
        new RecoverySheet(bench.texts())
            .render(
                text,
                String.valueOf(container.getFileName()),
                containerId,
                bench.clock().instant());
    try {
      SheetFile.write(file, pdf);
    } finally {
      Arrays.fill(pdf, (byte) 0);
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder != null && folder.equals(container.toAbsolutePath().normalize().getParent())) {
      output.warning("sheet-beside-container", file.toString());
    }
  }

  private void onTerminal(ShownSecret text, PrintWriter person) {
    person.println(bench.texts().get("recovery.terminal"));
    person.println();
    person.print("    ");
    text.writeTo(person);
    person.println();
    person.println();
    person.println(bench.texts().get("recovery.terminal.hint"));
  }
}
