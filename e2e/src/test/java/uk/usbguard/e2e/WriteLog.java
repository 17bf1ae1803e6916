package uk.usbguard.e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a device was told to write, as the kernel's {@code dm-log-writes} wrote it down (Linux,
 * Documentation/admin-guide/device-mapper/log-writes.rst): writes in the order in which they were
 * complete, each in front of the flush that made it last.
 */
final class WriteLog {

  private static final long MAGIC = 0x6a73_6677_7368_72L;
  private static final int VERSION = 1;
  private static final int SECTOR = 512;
  private static final int ENTRY = 32;

  private static final int FLUSH = 1;
  private static final int FORCED = 2;
  private static final int DISCARD = 4;
  private static final int MARK = 8;

  private WriteLog() {}

  /** Something that is in the log. */
  sealed interface Event {}

  /** Bytes that went to an offset of the device; forced ones were there before it said so. */
  record Write(long offset, byte[] bytes, boolean forced) implements Event {}

  /** All that was complete before is there for good. */
  record Flush() implements Event {}

  /** A word that was put between the writes. */
  record Mark(String word) implements Event {}

  /** Reads all of it. */
  static List<Event> read(Path log) throws IOException {
    List<Event> events = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(log)) {
      ByteBuffer head = at(channel, 0, SECTOR);
      long count = head.getLong(16);
      if (head.getLong(0) != MAGIC || head.getLong(8) != VERSION || head.getInt(24) != SECTOR) {
        throw new IOException("no log of dm-log-writes: " + log);
      }
      long position = SECTOR;
      for (long i = 0; i < count; i++) {
        ByteBuffer entry = at(channel, position, SECTOR);
        int flags = (int) entry.getLong(16);
        int length = Math.toIntExact(entry.getLong(8) * SECTOR);
        position += SECTOR;
        if ((flags & MARK) != 0) {
          events.add(new Mark(word(entry)));
        }
        if ((flags & FLUSH) != 0) {
          events.add(new Flush());
        }
        if ((flags & DISCARD) != 0) {
          throw new IOException("a discard, of which a crash says nothing");
        }
        if (length > 0) {
          byte[] bytes = at(channel, position, length).array();
          events.add(new Write(entry.getLong(0) * SECTOR, bytes, (flags & FORCED) != 0));
          position += length;
        }
      }
    }
    return events;
  }

  private static String word(ByteBuffer entry) {
    int length = (int) entry.getLong(24);
    return new String(entry.array(), ENTRY, length, StandardCharsets.UTF_8).replace("\0", "");
  }

  private static ByteBuffer at(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the log ends early");
      }
    }
    return bytes.flip();
  }
}
