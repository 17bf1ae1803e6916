package uk.usbguard.cli.work;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A small file, read whole. */
final class FileContent {

  private final byte[] buffer;
  private final int length;

  private FileContent(byte[] buffer, int length) {
    this.buffer = buffer;
    this.length = length;
  }

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

  int length() {
    return length;
  }

  /** From its beginning, as often as it is asked for. */
  InputStream open() {
    return new ByteArrayInputStream(buffer, 0, length);
  }
}
