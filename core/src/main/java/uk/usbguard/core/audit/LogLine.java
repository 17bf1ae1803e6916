package uk.usbguard.core.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import uk.usbguard.core.crypto.Sha256;

/**
 * One line: its hash, the hash of the line before, and the entry. The hash is SHA-256 over the 32
 * bytes of the other hash and the bytes of the entry.
 */
final class LogLine {

  /** What the first line of a log has for the hash of the line before. */
  static final String NO_HASH = "0".repeat(64);

  /** With its line feed. No entry comes near it: values are cut to {@link EventFields} lengths. */
  static final int MAXIMUM_BYTES = 16 * 1024;

  private static final int HASH = 64;
  private static final int ENTRY_AT = 2 * (HASH + 1);

  private final String hash;
  private final String previous;
  private final byte[] json;
  private final Entry entry;

  private LogLine(String hash, String previous, byte[] json, Entry entry) {
    this.hash = hash;
    this.previous = previous;
    this.json = json;
    this.entry = entry;
  }

  /** The line for an entry behind a line with the hash {@code previous}. */
  static LogLine of(String previous, Entry entry) {
    byte[] json = EntryCodec.encode(entry);
    return new LogLine(hash(previous, json), previous, json, entry);
  }

  /** Reads a line without its line feed; nothing if it does not have the form of one. */
  static Optional<LogLine> parse(byte[] line) {
    if (line.length <= ENTRY_AT || line[HASH] != ' ' || line[ENTRY_AT - 1] != ' ') {
      return Optional.empty();
    }
    String hash = new String(line, 0, HASH, StandardCharsets.US_ASCII);
    String previous = new String(line, HASH + 1, HASH, StandardCharsets.US_ASCII);
    if (!isHash(hash) || !isHash(previous)) {
      return Optional.empty();
    }
    byte[] json = Arrays.copyOfRange(line, ENTRY_AT, line.length);
    return EntryCodec.decode(json).map(entry -> new LogLine(hash, previous, json, entry));
  }

  String hash() {
    return hash;
  }

  String previous() {
    return previous;
  }

  Entry entry() {
    return entry;
  }

  /** Whether its hash is that of what it says. */
  boolean isWhole() {
    return hash(previous, json).equals(hash);
  }

  /** What a checkpoint at this place signs. */
  byte[] signedContent() {
    return signedContent(previous, entry);
  }

  static byte[] signedContent(String previous, Entry entry) {
    byte[] unsigned = EntryCodec.encodeUnsigned(entry);
    return ByteBuffer.allocate(HASH / 2 + unsigned.length)
        .put(HexFormat.of().parseHex(previous))
        .put(unsigned)
        .array();
  }

  /** With its line feed. */
  byte[] bytes() {
    return ByteBuffer.allocate(ENTRY_AT + json.length + 1)
        .put((hash + " " + previous + " ").getBytes(StandardCharsets.US_ASCII))
        .put(json)
        .put((byte) '\n')
        .array();
  }

  private static boolean isHash(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String hash(String previous, byte[] json) {
    MessageDigest digest = Sha256.begin();
    digest.update(HexFormat.of().parseHex(previous));
    return HexFormat.of().formatHex(digest.digest(json));
  }
}
