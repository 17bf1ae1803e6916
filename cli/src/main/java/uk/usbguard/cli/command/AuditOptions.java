package uk.usbguard.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the audit log is. */
final class AuditOptions {

  @Option(names = "--audit", paramLabel = "DIR", descriptionKey = "audit-folder")
  private @Nullable String folder;

  /** Whether the person said where: then failing to record is failing. */
  boolean isGiven() {
    return folder != null;
  }

  /** The folder that was named, or this account's own. */
  Path folder(Workbench bench) {
    return folder == null ? bench.state().auditLog() : bench.path(folder);
  }

  /** The log's folder, if there is a log in it. */
  Optional<Path> folderOfLog(Workbench bench) {
    Path place = folder(bench);
    return Files.exists(publicKey(place)) ? Optional.of(place) : Optional.empty();
  }

  /** Made last: where it is, there is a log. */
  static Path publicKey(Path folder) {
    return folder.resolve("audit.pub");
  }

  /** Where to record: where somebody said, or where a log of this account was begun. */
  Optional<Path> folderToRecordIn(Workbench bench) {
    Path place = folder(bench);
    return isGiven() || Files.isDirectory(place) ? Optional.of(place) : Optional.empty();
  }
}
