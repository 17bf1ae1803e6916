package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;

/** What a container reports, as what users of the JDK's file systems expect; it is the cause. */
final class Failures {

  private Failures() {}

  /** The same failure in the JDK's words; {@code path} is what was asked for. */
  static IOException of(ContainerException e, String path) {
    IOException translated =
        e instanceof EntryException entry
            ? ofEntry(entry, path)
            : new FileSystemException(path, null, e.getMessage());
    translated.initCause(e);
    return translated;
  }

  private static IOException ofEntry(EntryException e, String path) {
    return switch (e.reason()) {
      case NO_SUCH_ENTRY -> new NoSuchFileException(path);
      case NOT_A_FOLDER -> new NoSuchFileException(path, null, "below a file");
      case EXISTS -> new FileAlreadyExistsException(path);
      case FOLDER_NOT_EMPTY -> new DirectoryNotEmptyException(path);
      case NOT_A_FILE -> new FileSystemException(path, null, "not a regular file");
      case INTO_ITSELF -> new FileSystemException(path, null, "a folder cannot go into itself");
      case NAME_REFUSED -> new FileSystemException(path, null, "name not allowed");
    };
  }
}
