package uk.usbguard.core.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a file into lines, whatever is in it: no piece is longer than an entry may be. */
final class RawLines {

  /** A line, or a piece of what is too long to be one. */
  static final class Raw {
    private final byte[] bytes;
    private final boolean ended;

    Raw(byte[] bytes, boolean ended) {
      this.bytes = bytes;
      this.ended = ended;
    }

    /** Without the line feed. */
    byte[] bytes() {
      return bytes;
    }

    /** Whether a line feed follows. */
    boolean isEnded() {
      return ended;
    }
  }

  private final InputStream in;

  /** The stream should be buffered: it is read byte by byte. */
  RawLines(InputStream in) {
    this.in = in;
  }

  /** The next line; nothing at the end. */
  Optional<Raw> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      if (line.size() == LogLine.MAXIMUM_BYTES) {
        return Optional.of(new Raw(line.toByteArray(), false));
      }
      b = in.read();
    }
    return Optional.of(new Raw(line.toByteArray(), b == '\n'));
  }
}
