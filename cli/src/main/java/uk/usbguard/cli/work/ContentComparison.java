package uk.usbguard.cli.work;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;

/** Whether a plain file and a file of the container are the same, byte for byte. */
final class ContentComparison {

  private static final int STEP = 256 * 1024;

  private ContentComparison() {}

  static boolean isSame(InputStream plain, FileReader stored)
      throws IOException, ContainerException {
    byte[] left = new byte[STEP];
    byte[] right = new byte[STEP];
    long position = 0;
    while (true) {
      int length = plain.readNBytes(left, 0, STEP);
      if (length == 0) {
        return position == stored.size();
      }
      if (readFully(stored, position, right, length) < length
          || !Arrays.equals(left, 0, length, right, 0, length)) {
        return false;
      }
      position += length;
    }
  }

  private static int readFully(FileReader stored, long position, byte[] buffer, int length)
      throws IOException, ContainerException {
    int done = 0;
    while (done < length) {
      int read = stored.read(position + done, buffer, done, length - done);
      if (read <= 0) {
        return done;
      }
      done += read;
    }
    return done;
  }
}
