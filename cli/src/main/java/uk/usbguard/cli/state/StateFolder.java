package uk.usbguard.cli.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import uk.usbguard.core.file.AtomicFile;
import uk.usbguard.core.file.PrivateFile;

/**
 * The user's own folder for what the program remembers. Made on first use, readable by the user
 * only.
 */
public final class StateFolder {

  private final Path folder;

  public StateFolder(Path folder) {
    this.folder = folder;
  }

  /** Where the operating system wants such a folder. */
  public static StateFolder of(String osName, Map<String, String> environment, Path home) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.contains("win")) {
      String local = environment.get("LOCALAPPDATA");
      return new StateFolder(
          (local == null ? home.resolve("AppData").resolve("Local") : Path.of(local))
              .resolve("usbguard"));
    }
    if (os.contains("mac")) {
      return new StateFolder(
          home.resolve("Library").resolve("Application Support").resolve("usbguard"));
    }
    String state = environment.get("XDG_STATE_HOME");
    Path base =
        state == null || state.isEmpty() ? home.resolve(".local").resolve("state") : Path.of(state);
    return new StateFolder(base.resolve("usbguard"));
  }

  /** A folder in it. */
  Path subfolder(String name) {
    return folder.resolve(name);
  }

  /** A folder in it, which is there afterwards. */
  Path createSubfolder(String name) throws IOException {
    create(folder);
    Path subfolder = subfolder(name);
    create(subfolder);
    return subfolder;
  }

  /** Where the audit log of this account is, if one was begun. */
  public Path auditLog() {
    return folder.resolve("audit");
  }

  /** Replaces a small file in a folder of it as a whole; it is on the medium when this returns. */
  void replace(String subfolderName, String name, String text) throws IOException {
    AtomicFile.replace(
        createSubfolder(subfolderName).resolve(name), text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Replaces a small file in a folder of it as a whole, and waits for no medium. */
  void remember(String subfolderName, String name, String text) throws IOException {
    AtomicFile.replaceUnforced(
        createSubfolder(subfolderName).resolve(name), text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Where a part of it is, which need not be there. */
  public Path folder(String name) {
    return subfolder(name);
  }

  /** A part of it, which is there afterwards. */
  public Path createFolder(String name) throws IOException {
    return createSubfolder(name);
  }

  /** Where the log is. */
  public Path log() {
    return folder.resolve("usbguard.log");
  }

  /** Adds to the log. */
  public void append(Instant when, String code, String text) throws IOException {
    create(folder);
    Files.writeString(
        log(),
        when + " " + code + "\n" + text,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Makes the folder if it is missing. */
  private static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    PrivateFile.createFolder(folder);
  }
}
