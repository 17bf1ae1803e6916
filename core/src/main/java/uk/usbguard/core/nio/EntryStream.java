package uk.usbguard.core.nio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;

/** A file from its start to its end, as it was stored when it was opened. */
final class EntryStream extends InputStream {

  private final FileReader reader;
  private final String name;
  private long position;

  EntryStream(FileReader reader, String name) {
    this.reader = reader;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    try {
      int n = reader.read(position, target, offset, length);
      position += Math.max(0, n);
      return n;
    } catch (ContainerException e) {
      throw Failures.of(e, name);
    }
  }
}
