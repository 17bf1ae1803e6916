package uk.usbguard.core.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the end of a log against what was remembered of it. A writer that finds the remembered
 * entry missing says so in the log, for good, before it remembers anything newer.
 */
final class HeadWatch {

  private final LogFolder folder;
  private final HeadMemory memory;
  private boolean looked;

  /** Where the log ended when this writer last wrote. */
  private @Nullable AuditHead own;

  HeadWatch(LogFolder folder, HeadMemory memory) {
    this.folder = folder;
    this.memory = memory;
  }

  void remember(AuditHead head) throws IOException {
    memory.remember(folder.path(), head);
  }

  /** What this writer wrote is on the medium up to here. */
  void wrote(AuditHead head) {
    own = head;
  }

  /**
   * The head that is not in the log: the first time, a remembered one; and when that is doubtful,
   * the one that this writer wrote. The same until {@link #told}.
   *
   * @param last the last entry, if there is one
   */
  Optional<AuditHead> missing(Optional<LogLine> last, String log, boolean doubtful)
      throws IOException {
    AuditHead mine = own;
    if (doubtful && mine != null && !(mine.log().equals(log) && isThere(mine, last))) {
      return Optional.of(mine);
    }
    if (looked) {
      return Optional.empty();
    }
    for (AuditHead head : memory.heads(folder.path())) {
      if (head.log().equals(log) && !isThere(head, last)) {
        return Optional.of(head);
      }
    }
    return Optional.empty();
  }

  /** The log says now what was missing. */
  void told() {
    looked = true;
    own = null;
  }

  private boolean isThere(AuditHead head, Optional<LogLine> end) throws IOException {
    if (end.isEmpty()) {
      return false;
    }
    LogLine last = end.get();
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
    return true; // all that is left is newer: old files were archived
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
