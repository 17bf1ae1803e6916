package uk.usbguard.cli.failure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.usbguard.cli.text.Printable;

/** A file that somebody named, to be read. */
public final class NamedFile {

  private NamedFile() {}

  /**
   * Opens it. The system lets a folder be opened, and fails without its name when it is read.
   *
   * @throws CommandException if it is a folder
   */
  public static InputStream open(Path file) throws IOException, CommandException {
    if (Files.isDirectory(file)) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "folder-for-file", Printable.name(file.toString()));
    }
    return Files.newInputStream(file);
  }
}
