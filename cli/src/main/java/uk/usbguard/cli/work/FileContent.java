package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A small file, read whole.
 *
 * @param bytes the buffer, which may be longer than the file
 */
record FileContent(byte[] bytes, int length) {

  /** Empty if the file is longer than expected by now: it is then read as a stream. */
  static Optional<FileContent> read(Path file, int expected) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer buffer = ByteBuffer.allocate(expected + 1);
      int read = 0;
      while (read >= 0 && buffer.hasRemaining()) {
        read = channel.read(buffer);
      }
      return buffer.hasRemaining()
          ? Optional.of(new FileContent(buffer.array(), buffer.position()))
          : Optional.empty();
    }
  }
}
