package uk.usbguard.core.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import uk.usbguard.core.audit.AuditException.Reason;

/** Gives out the events of a log, oldest first, one at a time, however long the log is. */
public final class AuditReader {

  /** Takes an event. */
  @FunctionalInterface
  public interface Sink {
    void take(AuditRecord event) throws IOException;
  }

  @FunctionalInterface
  private interface EntrySink {
    void take(Entry entry) throws IOException;
  }

  private final LogFolder folder;
  private final SecureRandom random;
  private final long before;

  public AuditReader(Path folder, SecureRandom random) {
    this(new LogFolder(folder), random, Long.MAX_VALUE);
  }

  private AuditReader(LogFolder folder, SecureRandom random, long before) {
    this.folder = folder;
    this.random = random;
    this.before = before;
  }

  /** The same up to an entry, exclusive: the reading itself may be recorded behind it. */
  public AuditReader before(long entry) {
    return new AuditReader(folder, random, entry);
  }

  /**
   * Reads all of the log, twice.
   *
   * @return what was left out: lines that are not whole, and what is no regular file
   */
  public long read(AuditFilter filter, Sink sink) throws IOException, AuditException {
    Set<Long> unfinished = unfinished();
    boolean byName = filter.name() != null || !filter.devices().isEmpty();
    try (Names names = byName ? new Names(NameHash.read(folder.namesKey(), random)) : new Names()) {
      return each(
          entry -> {
            boolean open = unfinished.contains(entry.number());
            boolean begun = entry.get(Field.RESULT).equals(Optional.of(AuditResult.BEGUN.id()));
            if (entry.kind() != EntryKind.EVENT || (begun && !open)) {
              return;
            }
            AuditRecord event = AuditRecord.of(entry, open);
            if (filter.wants(event, names)) {
              sink.take(event);
            }
          });
    }
  }

  /** The event of this number, if there is one; the whole log is read. */
  public Optional<AuditRecord> event(long number) throws IOException, AuditException {
    List<AuditRecord> found = new ArrayList<>(1);
    read(
        AuditFilter.ALL,
        event -> {
          if (event.entry() == number) {
            found.add(event);
          }
        });
    return found.stream().findFirst();
  }

  /** The numbers of what was begun and has no end. */
  private Set<Long> unfinished() throws IOException, AuditException {
    Set<Long> open = new HashSet<>();
    each(
        entry -> {
          if (entry.get(Field.RESULT).equals(Optional.of(AuditResult.BEGUN.id()))) {
            open.add(entry.number());
          }
          open.remove(entry.number(Field.BEGUN));
        });
    return open;
  }

  private long each(EntrySink sink) throws IOException, AuditException {
    SortedMap<Integer, Path> files = folder.files();
    long unreadable = folder.others().size();
    if (files.isEmpty()) {
      throw new AuditException(unreadable > 0 ? Reason.NOT_A_FILE : Reason.NO_LOG);
    }
    for (Path file : files.values()) {
      try (InputStream in = LogFolder.read(file)) {
        RawLines lines = new RawLines(in);
        for (Optional<RawLines.Raw> raw = lines.next(); raw.isPresent(); raw = lines.next()) {
          Optional<LogLine> line = LogLine.parse(raw.get().bytes()).filter(LogLine::isWhole);
          if (line.isPresent()) {
            Entry entry = line.get().entry();
            if (entry.number() < before) {
              sink.take(entry);
            }
          } else {
            unreadable++;
          }
        }
      }
    }
    return unreadable;
  }

  /** Hashes of names, each made once. */
  private static final class Names implements AuditFilter.Hashes, AutoCloseable {
    private final Optional<NameHash> hash;
    private final Map<String, String> known = new HashMap<>();

    Names() {
      this.hash = Optional.empty();
    }

    Names(NameHash hash) {
      this.hash = Optional.of(hash);
    }

    @Override
    public String of(String name) {
      return known.computeIfAbsent(name, key -> hash.map(h -> h.of(key)).orElse(""));
    }

    @Override
    public void close() {
      hash.ifPresent(NameHash::close);
    }
  }
}
