package uk.usbguard.core.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import uk.usbguard.core.audit.AuditException.Reason;
import uk.usbguard.core.crypto.Sha256;

/**
 * The end of one file of a log: its last whole line, and what a crash may have left behind that.
 * Nothing is cut off: the writer says in its next entry which bytes are no entry.
 */
final class LogTail {

  private static final int WINDOW = 64 * 1024;

  /** No crash leaves more: a group is far below that. Then somebody has to look. */
  private static final int LARGEST_WINDOW = 64 << 20;

  private final long size;
  private final Optional<LogLine> last;
  private final byte[] torn;
  private final boolean ended;

  private LogTail(long size, Optional<LogLine> last, byte[] torn, boolean ended) {
    this.size = size;
    this.last = last;
    this.torn = torn;
    this.ended = ended;
  }

  static LogTail of(Path file) throws IOException, AuditException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      for (long window = WINDOW; ; window *= 4) {
        byte[] bytes = read(channel, Math.max(0, size - window), size);
        boolean all = bytes.length == size;
        // First what no line feed ends: if only that is missing, it is an entry all the same.
        for (int end = bytes.length; end >= 0; end = lineFeed(bytes, end)) {
          int before = lineFeed(bytes, end);
          Optional<LogLine> line =
              before < 0 && !all
                  ? Optional.empty() // its beginning is not in the window
                  : LogLine.parse(Arrays.copyOfRange(bytes, before + 1, end))
                      .filter(LogLine::isWhole);
          if (line.isPresent()) {
            byte[] torn = Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length);
            boolean ended = end < bytes.length && torn.length == 0;
            return new LogTail(size, line, torn, ended);
          }
        }
        if (all) {
          return new LogTail(size, Optional.empty(), bytes, bytes.length == 0);
        }
        if (window >= LARGEST_WINDOW) {
          throw new AuditException(Reason.UNREADABLE);
        }
      }
    }
  }

  /** The first whole line of a file: what a crash left of another one may stand before it. */
  static Optional<LogLine> firstLine(Path file) throws IOException {
    try (InputStream in = LogFolder.read(file)) {
      RawLines lines = new RawLines(in);
      for (Optional<RawLines.Raw> raw = lines.next(); raw.isPresent(); raw = lines.next()) {
        Optional<LogLine> line = LogLine.parse(raw.get().bytes()).filter(LogLine::isWhole);
        if (line.isPresent()) {
          return line;
        }
      }
    }
    return Optional.empty();
  }

  long size() {
    return size;
  }

  Optional<LogLine> last() {
    return last;
  }

  /** Says in an entry which bytes before it are none. */
  void putTorn(Entry.Builder entry) {
    if (torn.length > 0) {
      MessageDigest digest = Sha256.begin();
      entry.put(Field.TORN_BYTES, torn.length);
      entry.put(Field.TORN_SHA256, HexFormat.of().formatHex(digest.digest(torn)));
    }
  }

  /** Whether the next entry can follow as it is; else a line feed has to come first. */
  boolean isEnded() {
    return ended;
  }

  boolean isTorn() {
    return torn.length > 0;
  }

  private static int lineFeed(byte[] bytes, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] read(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) (to - from));
    long at = from;
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, at);
      if (n < 0) {
        break; // it was made shorter meanwhile
      }
      at += n;
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
