package uk.usbguard.cli.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.usbguard.core.audit.AuditHead;
import uk.usbguard.core.audit.HeadMemory;

/**
 * Remembers the heads of audit logs in the user's state folder, one small file for each log and
 * place. It notices what happens to a log by itself, by a backup that is put back, or by somebody
 * who knows the log's folder only; who can change this folder too is found by a head that was
 * written down elsewhere.
 */
public final class FileHeadMemory implements HeadMemory {

  private static final String FOLDER = "audit-heads";

  private final StateFolder state;

  public FileHeadMemory(StateFolder state) {
    this.state = state;
  }

  @Override
  public List<AuditHead> heads(Path folder) throws IOException {
    List<AuditHead> heads = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(state.subfolder(FOLDER), place(folder) + "-*")) {
      for (Path file : files) {
        AuditHead.parse(Files.readString(file, StandardCharsets.US_ASCII).strip())
            .ifPresent(heads::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return heads;
  }

  @Override
  public void remember(Path folder, AuditHead head) throws IOException {
    state.remember(FOLDER, place(folder) + "-" + head.log(), head + "\n");
  }

  /** Stands for the folder, whatever it is called on the way there, also when it is gone. */
  private static String place(Path folder) throws IOException {
    Path wanted = folder.toAbsolutePath();
    Path there = wanted;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    Path real = there == null ? wanted : there.toRealPath().resolve(there.relativize(wanted));
    String path = real.normalize().toString();
    return UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
