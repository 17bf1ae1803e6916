package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import uk.usbguard.core.error.DamagedContainerException;

/** Directory entries. */
final class EntryCodec {

  private static final int MAX_NANOS = 999_999_999;

  private EntryCodec() {}

  static void write(DirectoryEntry entry, ByteBuffer out, EpochTable epochs) {
    out.put((byte) entry.kind().code())
        .put((byte) ContentCodec.code(entry.content()))
        .putShort((short) entry.attributes().toBits())
        .putLong(entry.objectId())
        .putLong(entry.size());
    writeInstant(entry.times().modified(), out);
    writeInstant(entry.times().created(), out);
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    out.putShort((short) name.length).put(name);
    ContentCodec.write(entry.content(), out, epochs);
  }

  static DirectoryEntry read(FieldReader in, EpochTable epochs) throws DamagedContainerException {
    ObjectKind kind = ObjectKind.read(in);
    int contentCode = in.readByte("content");
    EntryAttributes attributes = EntryAttributes.read(in);
    long objectId = in.readLong("object id");
    long size = in.readLong("size");
    EntryTimes times = new EntryTimes(readInstant(in), readInstant(in));
    String name = readName(in);
    EntryContent content = ContentCodec.read(contentCode, size, in, epochs);
    String problem = DirectoryEntry.problem(kind, name, objectId, content);
    if (!problem.isEmpty()) {
      throw in.damaged(problem);
    }
    return new DirectoryEntry(kind, name, objectId, content, attributes, times);
  }

  private static void writeInstant(Instant instant, ByteBuffer out) {
    out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
  }

  private static Instant readInstant(FieldReader in) throws DamagedContainerException {
    long seconds = in.readLong("seconds");
    int nanos = in.readInt("nanoseconds", 0, MAX_NANOS);
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException e) {
      throw in.damaged("time " + seconds);
    }
  }

  private static String readName(FieldReader in) throws DamagedContainerException {
    int length = in.readShort("name length");
    if (length < 1 || length > IndexLimits.NAME) {
      throw in.damaged("name of " + length + " bytes");
    }
    byte[] bytes = in.readBytes(length, "name");
    String name = new String(bytes, StandardCharsets.UTF_8);
    // What is not UTF-8 was replaced by U+FFFD and does not come back.
    if (!Arrays.equals(name.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw in.damaged("name is not UTF-8");
    }
    return name;
  }
}
