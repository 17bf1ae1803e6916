package uk.usbguard.core.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Holds the end of a log against what was remembered of it. A writer that finds the remembered
 * entry missing says so in the log, for good, before it remembers anything newer.
 */
final class HeadWatch {

  private final LogFolder folder;
  private final HeadMemory memory;
  private boolean looked;

  HeadWatch(LogFolder folder, HeadMemory memory) {
    this.folder = folder;
    this.memory = memory;
  }

  void remember(AuditHead head) throws IOException {
    memory.remember(folder.path(), head);
  }

  /** The remembered head that is not in the log, the first time that somebody asks. */
  Optional<AuditHead> missing(LogLine last, String log) throws IOException {
    if (looked) {
      return Optional.empty();
    }
    looked = true;
    for (AuditHead head : memory.heads(folder.path())) {
      if (head.log().equals(log) && !isThere(head, last)) {
        return Optional.of(head);
      }
    }
    return Optional.empty();
  }

  private boolean isThere(AuditHead head, LogLine last) throws IOException {
    if (head.entry() >= last.entry().number()) {
      return head.entry() == last.entry().number() && head.hash().equals(last.hash());
    }
    // Rare: the process was killed between writing and remembering. Newest file first.
    List<Path> files = new ArrayList<>(folder.files().values());
    Collections.reverse(files);
    for (Path file : files) {
      Optional<LogLine> first = LogTail.firstLine(file);
      if (first.isPresent() && first.get().entry().number() <= head.entry()) {
        return holds(file, head);
      }
    }
    return false;
  }

  private static boolean holds(Path file, AuditHead head) throws IOException {
    try (InputStream in = LogFolder.read(file)) {
      RawLines lines = new RawLines(in);
      for (Optional<RawLines.Raw> raw = lines.next(); raw.isPresent(); raw = lines.next()) {
        Optional<LogLine> line = LogLine.parse(raw.get().bytes());
        if (line.isPresent() && line.get().entry().number() == head.entry()) {
          return line.get().isWhole() && line.get().hash().equals(head.hash());
        }
      }
    }
    return false;
  }
}
