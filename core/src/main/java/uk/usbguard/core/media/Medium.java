package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * What is looked at: a device, a partition or an image file, read only. It may lie about its size,
 * fail anywhere and vanish at any moment; nothing that it says is believed before it was read.
 */
public interface Medium extends AutoCloseable {

  /** How long it says it is; 0 where a reader holds no card. */
  long sizeBytes() throws IOException;

  /** Its sector size, where the system knows one; an image has none. */
  OptionalInt sectorBytes();

  /**
   * Reads into {@code target} from a place that is a multiple of 4096, up to all of it.
   *
   * @return how many bytes; fewer than asked for, or -1, where it ends
   */
  int readAt(long offsetBytes, ByteBuffer target) throws IOException;

  @Override
  void close() throws IOException;
}
