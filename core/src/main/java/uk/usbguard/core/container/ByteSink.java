package uk.usbguard.core.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.format.FormatLimits;

/** Takes bytes in order. */
@FunctionalInterface
public interface ByteSink {

  /**
   * Takes all that remains in a buffer, which is the caller's again afterwards. It may have no
   * array.
   */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * The same, and looks whether it did.
   *
   * @throws BugException if something is left, as where {@code channel::write} is the sink
   */
  default void writeAll(ByteBuffer bytes) throws IOException {
    write(bytes);
    if (bytes.hasRemaining()) {
      throw new BugException("a sink left " + bytes.remaining() + " bytes");
    }
  }

  /**
   * Hands on to a stream, which stays open. An interrupt does not close it, as it would a channel.
   */
  static ByteSink of(OutputStream out) {
    return bytes -> {
      if (bytes.hasArray()) {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
        return;
      }
      byte[] piece = new byte[Math.min(bytes.remaining(), FormatLimits.EXTENT)];
      try {
        while (bytes.hasRemaining()) {
          int n = Math.min(piece.length, bytes.remaining());
          bytes.get(piece, 0, n);
          out.write(piece, 0, n);
        }
      } finally {
        Arrays.fill(piece, (byte) 0);
      }
    };
  }
}
