package uk.usbguard.core.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.audit.AuditException.Reason;
import uk.usbguard.core.file.Folders;
import uk.usbguard.core.file.PrivateFile;
import uk.usbguard.core.signing.SignatureAlgorithm;
import uk.usbguard.core.signing.Signer;

/**
 * Appends groups of entries, each with one write and one force, while it holds the folder's lease.
 * When somebody else has written since, or a write failed, it looks at the end of the log anew.
 * Used by one thread.
 */
final class Appender implements AutoCloseable {

  private final LogFolder folder;
  private final AuditSettings settings;
  private final Signer signer;
  private final EventFields fields;
  private final HeadWatch watch;

  /** The file that is written to; null if the end has to be looked for. */
  private @Nullable FileChannel channel;

  private @Nullable Chain chain;

  /** Which file the channel leads to, whatever has its name meanwhile. */
  private @Nullable FileMark mark;

  private int file;
  private long size;

  Appender(LogFolder folder, AuditSettings settings, Signer signer, NameHash names) {
    this.folder = folder;
    this.settings = settings;
    this.signer = signer;
    this.fields = new EventFields(settings.origin(), names);
    this.watch = new HeadWatch(folder, settings.memory());
  }

  SignatureAlgorithm algorithm() {
    return signer.verifier().algorithm();
  }

  /** Makes the first file if there is none, so that opening says what is wrong and not writing. */
  void prepare() throws IOException, AuditException {
    exclusively(
        () -> {
          if (!folder.others().isEmpty()) {
            throw new AuditException(Reason.NOT_A_FILE);
          }
          if (folder.files().isEmpty()) {
            chain = Chain.begin(settings.clock(), newId());
            startFile(1);
          } else {
            current();
          }
        });
  }

  /** Writes the events; when it returns they are on the medium, and each knows its number. */
  void append(List<PendingEvent> events) throws IOException, AuditException {
    exclusively(() -> appendTo(current(), events));
  }

  /** Signs what is not signed yet, if anything is. */
  void checkpoint(String cause) throws IOException, AuditException {
    exclusively(
        () -> {
          Chain end = current();
          if (end.uncovered() > 0) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            lines.writeBytes(end.checkpoint(cause, signer));
            write(lines);
          }
          watch.remember(end.head());
        });
  }

  private void appendTo(Chain end, List<PendingEvent> events) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    boolean signed = false;
    for (PendingEvent pending : events) {
      lines.writeBytes(end.next(EntryKind.EVENT, pending.fields(fields)));
      pending.written(end.number());
      if (end.uncovered() >= settings.limits().entriesPerCheckpoint()) {
        lines.writeBytes(end.checkpoint("count", signer));
        signed = true;
      }
    }
    write(lines);
    if (signed) {
      watch.remember(end.head());
    }
  }

  /** Whatever goes wrong, nobody knows then where the end is. */
  private void exclusively(LogFolder.Work work) throws IOException, AuditException {
    boolean done = false;
    try {
      folder.exclusively(settings.limits().patience(), work);
      watch.wrote(Objects.requireNonNull(chain).head());
      done = true;
    } finally {
      if (!done) {
        forgetEnd();
      }
    }
  }

  private String newId() {
    byte[] id = new byte[16];
    settings.random().get().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  boolean hasUncovered() {
    Chain end = chain;
    return end != null && end.uncovered() > 0;
  }

  private Chain current() throws IOException, AuditException {
    Chain known = chain;
    boolean grown = false;
    if (known != null && channel != null) {
      // Not the channel's size: it leads to its file even when nobody can find that any more.
      long there =
          FileMark.of(folder.file(file))
              .filter(found -> found.isSameFile(mark))
              .map(FileMark::size)
              .orElse(-1L);
      grown = there >= size;
      if (there != size || isSucceeded()) {
        known = null;
      }
    }
    if (known == null || channel == null) {
      forgetEnd();
      known = findEnd(!grown);
    }
    if (size >= settings.limits().bytesPerFile()) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      lines.writeBytes(known.checkpoint("rotate", signer));
      write(lines);
      startFile(file + 1);
    }
    return known;
  }

  private boolean isSucceeded() {
    return Files.exists(folder.file(file + 1), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Looks for the last whole line, and writes down what has to be said before going on.
   *
   * @param doubtful whether what this writer wrote last may be gone
   */
  private Chain findEnd(boolean doubtful) throws IOException, AuditException {
    SortedMap<Integer, Path> files = folder.files();
    if (!folder.others().isEmpty()) {
      throw new AuditException(Reason.NOT_A_FILE); // what came after it may be elsewhere
    }
    if (files.isEmpty()) {
      throw new AuditException(Reason.NO_LOG);
    }
    file = files.lastKey();
    LogTail tail = LogTail.of(folder.file(file));
    boolean begun = tail.last().isPresent();
    boolean empty = !begun && file == 1; // its making was cut off
    Path lastWhole = folder.file(begun || empty ? file : file - 1);
    Optional<LogLine> last = begun || empty ? tail.last() : LogTail.of(lastWhole).last();
    if (last.isEmpty() && !empty) {
      throw new AuditException(Reason.UNREADABLE);
    }
    String log = empty ? newId() : logOf(lastWhole);
    Chain end =
        last.map(line -> Chain.after(settings.clock(), log, line))
            .orElseGet(() -> Chain.begin(settings.clock(), log));
    chain = end;
    mark = FileMark.of(folder.file(file)).orElse(null); // before: one put there later is another
    channel =
        FileChannel.open(folder.file(file), StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    size = tail.size();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    if (!tail.isEnded()) {
      lines.write('\n');
    }
    if (!begun) {
      lines.writeBytes(end.next(EntryKind.LOG, entry -> header(entry, log, tail)));
    } else if (tail.isTorn()) {
      lines.writeBytes(end.next(EntryKind.RECOVERED, tail::putTorn));
    }
    Optional<AuditHead> missing = watch.missing(last, log, doubtful);
    if (missing.isPresent()) {
      String remembered = missing.get().toString();
      lines.writeBytes(
          end.next(EntryKind.ROLLBACK, entry -> entry.put(Field.REMEMBERED, remembered)));
    }
    if (end.uncovered() > 0) {
      lines.writeBytes(end.checkpoint("open", signer));
    }
    write(lines);
    watch.told();
    return end;
  }

  private String logOf(Path lastWhole) throws IOException, AuditException {
    LogLine first =
        LogTail.firstLine(lastWhole).orElseThrow(() -> new AuditException(Reason.UNREADABLE));
    if (!first.entry().get(Field.KEY).equals(Optional.of(signer.verifier().fingerprint()))) {
      throw new AuditException(Reason.OTHER_KEY);
    }
    return first.entry().get(Field.LOG).orElseThrow(() -> new AuditException(Reason.UNREADABLE));
  }

  private void startFile(int next) throws IOException {
    Chain end = Objects.requireNonNull(chain);
    closeChannel();
    file = next;
    size = 0;
    Path path = folder.file(next);
    channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND),
            PrivateFile.ownerOnly(path, "rw-------"));
    mark = FileMark.of(path).orElse(null);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(end.next(EntryKind.LOG, entry -> header(entry, end.log(), null)));
    if (next == 1) {
      lines.writeBytes(end.checkpoint("open", signer));
    }
    write(lines);
    Folders.force(folder.path());
  }

  private void header(Entry.Builder entry, String log, @Nullable LogTail torn) {
    entry
        .put(Field.VERSION, 1)
        .put(Field.LOG, log)
        .put(Field.FILE, file)
        .put(Field.CHECKPOINT_EVERY, settings.limits().entriesPerCheckpoint())
        .put(Field.KEY, signer.verifier().fingerprint());
    if (torn != null) {
      torn.putTorn(entry);
    }
  }

  private void write(ByteArrayOutputStream lines) throws IOException {
    FileChannel open = Objects.requireNonNull(channel);
    ByteBuffer left = ByteBuffer.wrap(lines.toByteArray());
    if (!left.hasRemaining()) {
      return;
    }
    size += left.remaining();
    while (left.hasRemaining()) {
      open.write(left);
    }
    open.force(false);
  }

  private void forgetEnd() throws IOException {
    chain = null;
    closeChannel();
  }

  private void closeChannel() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    closeChannel();
    signer.close();
  }
}
