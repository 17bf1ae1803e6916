package uk.usbguard.cli.render;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.cli.failure.ExitCode;

/**
 * Collects notes. All are counted; of very many the first ones are kept. Safe for several threads.
 */
public final class Notes {

  /** A list that a person or a script can still use; bounds the memory. */
  static final int KEPT = 10_000;

  /** All guarded by this. */
  private final List<Note> kept = new ArrayList<>();

  private final Map<NoteKind, Long> counts = new EnumMap<>(NoteKind.class);

  /** Takes a note down. */
  public void add(NoteKind kind, String path, String detail) {
    add(kind, path, detail, List.of());
  }

  /** Takes a note down that is about some bytes of a file. */
  public synchronized void add(
      NoteKind kind, String path, String detail, List<Verified.Range> ranges) {
    counts.merge(kind, 1L, Long::sum);
    if (kept.size() < KEPT) {
      kept.add(new Note(kind.id(), path, detail, ranges));
    }
  }

  /** The notes that were kept. */
  public synchronized List<Note> list() {
    return List.copyOf(kept);
  }

  /** How many there were of a kind. */
  public synchronized long count(NoteKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** How many files and folders are missing or incomplete in the result. */
  public synchronized long leftOut() {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().isLeftOut())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What the command ends with: damage before I/O before names. */
  public synchronized ExitCode exitCode(boolean strict) {
    ExitCode worst = strict && leftOut() > 0 ? ExitCode.IO : ExitCode.OK;
    for (NoteKind kind : counts.keySet()) {
      worst = worse(worst, kind.effect());
    }
    return worst;
  }

  private static ExitCode worse(ExitCode one, ExitCode other) {
    List<ExitCode> order =
        List.of(ExitCode.OK, ExitCode.CANNOT_CREATE, ExitCode.IO, ExitCode.DAMAGED);
    return order.indexOf(one) >= order.indexOf(other) ? one : other;
  }
}
