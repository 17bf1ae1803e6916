package uk.usbguard.core.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import uk.usbguard.core.secret.UnusablePassphraseException.Reason;

/**
 * Characters to NFC to UTF-8.
 *
 * <p>{@link Normalizer} takes and returns Strings, which nobody can wipe. So it is given one
 * cluster at a time (a character and the marks on it) and only if the cluster holds a character
 * that normalisation can touch at all. An English phrase never becomes a String; of others, single
 * characters do, never the phrase. Every array made on the way is wiped.
 */
final class PassphraseEncoder {

  /** Below this every character is NFC already and none joins the character before it. */
  private static final char FIRST_NORMALISED = '\u0300';

  /**
   * No longer text can fit: NFC makes no fewer than two bytes of three characters, as in u with
   * diaeresis and macron. Checked before anything is computed.
   */
  private static final int MAXIMUM_CHARS = 2 * Passphrase.MAXIMUM_BYTES;

  private PassphraseEncoder() {}

  static byte[] encode(char[] typed) throws UnusablePassphraseException {
    if (typed.length > MAXIMUM_CHARS) {
      throw new UnusablePassphraseException(Reason.TOO_LONG, 0);
    }
    refuseUnusable(typed);
    char[] composed = new char[3 * typed.length]; // one character gives at most three in NFC
    byte[] room = new byte[Passphrase.MAXIMUM_BYTES];
    try {
      int length = compose(typed, composed);
      return utf8(CharBuffer.wrap(composed, 0, length), ByteBuffer.wrap(room));
    } finally {
      Arrays.fill(composed, '\0');
      Arrays.fill(room, (byte) 0);
    }
  }

  static int codePointCount(byte[] utf8) {
    int count = 0;
    for (byte b : utf8) {
      if ((b & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  private static void refuseUnusable(char[] typed) throws UnusablePassphraseException {
    int position = 0;
    for (int i = 0; i < typed.length; i++, position++) {
      if (typed[i] == 0) {
        throw new UnusablePassphraseException(Reason.NUL, position);
      }
      if (Character.isSurrogate(typed[i])) {
        if (!Character.isSurrogatePair(typed[i], i + 1 < typed.length ? typed[i + 1] : 0)) {
          throw new UnusablePassphraseException(Reason.UNPAIRED_SURROGATE, position);
        }
        i++;
      }
    }
  }

  private static int compose(char[] typed, char[] composed) {
    int length = 0;
    int start = 0;
    while (start < typed.length) {
      int end = clusterEnd(typed, start);
      if (end == start + 1 && typed[start] < FIRST_NORMALISED) {
        composed[length++] = typed[start];
      } else {
        String cluster =
            Normalizer.normalize(CharBuffer.wrap(typed, start, end - start), Normalizer.Form.NFC);
        cluster.getChars(0, cluster.length(), composed, length);
        length += cluster.length();
      }
      start = end;
    }
    return length;
  }

  private static int clusterEnd(char[] typed, int start) {
    int end = start + Character.charCount(Character.codePointAt(typed, start));
    while (end < typed.length) {
      int next = Character.codePointAt(typed, end);
      if (!joinsTheOneBefore(next)) {
        break;
      }
      end += Character.charCount(next);
    }
    return end;
  }

  // Generous on purpose: a cluster too long costs a longer String, one too short a wrong encoding.
  // Marks; the vowels and finals of Hangul in its parts; Kirat Rai, whose vowels are letters. A
  // test
  // tries every composition that the running JDK knows.
  private static boolean joinsTheOneBefore(int codePoint) {
    if (codePoint < FIRST_NORMALISED) {
      return false;
    }
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.UNASSIGNED
        || (codePoint >= 0x1100 && codePoint <= 0x11FF)
        || (codePoint >= 0x16D40 && codePoint <= 0x16D7F);
  }

  @SuppressWarnings("ByteBufferBackingArray") // the only caller wraps an array of its own
  private static byte[] utf8(CharBuffer from, ByteBuffer to) throws UnusablePassphraseException {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    if (encoder.encode(from, to, true).isOverflow()) {
      throw new UnusablePassphraseException(Reason.TOO_LONG, 0);
    }
    return Arrays.copyOf(to.array(), to.position());
  }
}
