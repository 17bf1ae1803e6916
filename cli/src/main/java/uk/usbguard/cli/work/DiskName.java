package uk.usbguard.cli.work;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file's name as the container gets it. A Unix name is bytes; where Java could not decode them it
 * shows U+FFFD and two names may look alike, so the bytes are taken from the path's URI.
 *
 * @param name valid Unicode
 * @param escaped whether bytes that are no UTF-8 were replaced by %XX
 */
record DiskName(String name, boolean escaped) {

  private static final char REPLACEMENT = '\uFFFD';

  static DiskName of(Path path) {
    Path last = path.getFileName();
    String shown = last == null ? "" : last.toString();
    if (shown.indexOf(REPLACEMENT) < 0) {
      return new DiskName(shown, false);
    }
    byte[] bytes = rawBytes(path.toUri().getRawPath());
    String decoded = decode(bytes);
    return decoded == null ? new DiskName(escape(bytes), true) : new DiskName(decoded, false);
  }

  private static byte[] rawBytes(String rawPath) {
    int end = rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
    String last = rawPath.substring(rawPath.lastIndexOf('/', end - 1) + 1, end);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(last.length());
    for (int i = 0; i < last.length(); i++) {
      char c = last.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(last.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  private static @Nullable String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  // Valid sequences stay; every byte that belongs to none becomes %XX.
  private static String escape(byte[] bytes) {
    StringBuilder name = new StringBuilder(bytes.length * 3);
    int from = 0;
    while (from < bytes.length) {
      int length = sequenceLength(bytes, from);
      if (length == 0) {
        name.append(String.format(Locale.ROOT, "%%%02X", bytes[from]));
        from++;
      } else {
        name.append(new String(bytes, from, length, StandardCharsets.UTF_8));
        from += length;
      }
    }
    return name.toString();
  }

  private static int sequenceLength(byte[] bytes, int from) {
    for (int length = 1; length <= 4 && from + length <= bytes.length; length++) {
      byte[] candidate = Arrays.copyOfRange(bytes, from, from + length);
      if (decode(candidate) != null) {
        return length;
      }
    }
    return 0;
  }
}
