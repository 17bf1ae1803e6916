package uk.usbguard.core.audit;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import uk.usbguard.core.crypto.Sha256;

/** Bytes between two whole lines that are no whole line. */
final class BadBytes {

  private final String file;
  private final long line;
  private final MessageDigest digest = Sha256.begin();
  private long length;
  private boolean lineFeedHeld;
  private boolean hasZero;

  /**
   * @param line where they begin
   */
  BadBytes(String file, long line) {
    this.file = file;
    this.line = line;
  }

  String file() {
    return file;
  }

  long line() {
    return line;
  }

  long length() {
    return length + (lineFeedHeld ? 1 : 0);
  }

  void add(RawLines.Raw raw) {
    release();
    digest.update(raw.bytes());
    length += raw.bytes().length;
    for (byte b : raw.bytes()) {
      hasZero |= b == 0;
    }
    lineFeedHeld = raw.isEnded();
  }

  /** Whether this entry says that a crash left them: the last line feed is the writer's own. */
  boolean isExplainedBy(Entry entry) {
    return lineFeedHeld
        && entry.number(Field.TORN_BYTES) == length
        && entry
            .get(Field.TORN_SHA256)
            .equals(Optional.of(HexFormat.of().formatHex(digest.digest())));
  }

  /** Whether a crash can leave them at an end: a piece of a line, or blocks that never came. */
  boolean canBeTorn() {
    return !lineFeedHeld || hasZero;
  }

  private void release() {
    if (lineFeedHeld) {
      digest.update((byte) '\n');
      length++;
      lineFeedHeld = false;
    }
  }
}
