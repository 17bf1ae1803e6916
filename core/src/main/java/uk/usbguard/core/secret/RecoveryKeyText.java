package uk.usbguard.core.secret;

import java.util.Arrays;
import uk.usbguard.core.secret.RecoveryKeyFormatException.Reason;

/**
 * Bytes to symbols of five bits and back (section 3 of the format). The check symbol of a group
 * weighs its four symbols with different powers of a in GF(2^5), so that it changes when two of
 * them change places, and adds a power of a for the group, so that groups cannot change places.
 */
final class RecoveryKeyText {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int BITS = 5;
  private static final int GROUPS = 8;
  private static final int DATA_SYMBOLS = 4;
  private static final int GROUP_SYMBOLS = DATA_SYMBOLS + 1;
  private static final int SYMBOLS = GROUPS * GROUP_SYMBOLS;

  /** x^5 + x^2 + 1. */
  private static final int POLYNOMIAL = 0b100101;

  private static final char SEPARATOR = '-';
  private static final int UNKNOWN = -1;

  private RecoveryKeyText() {}

  static char[] format(byte[] key) {
    char[] text = new char[SYMBOLS + GROUPS - 1];
    int[] group = new int[DATA_SYMBOLS];
    int length = 0;
    for (int g = 0; g < GROUPS; g++) {
      if (g > 0) {
        text[length++] = SEPARATOR;
      }
      for (int i = 0; i < DATA_SYMBOLS; i++) {
        group[i] = symbolAt(key, g * DATA_SYMBOLS + i);
        text[length++] = ALPHABET.charAt(group[i]);
      }
      text[length++] = ALPHABET.charAt(checkSymbol(group, 0, g));
    }
    Arrays.fill(group, 0);
    return text;
  }

  static byte[] parse(char[] typed) throws RecoveryKeyFormatException {
    int[] symbols = new int[SYMBOLS];
    byte[] key = new byte[RecoveryKey.LENGTH];
    boolean good = false;
    try {
      int length = read(typed, symbols);
      if (length != SYMBOLS) {
        throw new RecoveryKeyFormatException(Reason.WRONG_LENGTH, length);
      }
      for (int g = 0; g < GROUPS; g++) {
        int first = g * GROUP_SYMBOLS;
        checkGroup(symbols, first, g);
        for (int i = 0; i < DATA_SYMBOLS; i++) {
          putSymbol(key, g * DATA_SYMBOLS + i, symbols[first + i]);
        }
      }
      good = true;
      return key;
    } finally {
      Arrays.fill(symbols, 0);
      if (!good) {
        Arrays.fill(key, (byte) 0);
      }
    }
  }

  /** Gives the number of symbols typed, which may be more than there is room for. */
  private static int read(char[] typed, int[] symbols) {
    int length = 0;
    for (char c : typed) {
      if (isBetweenSymbols(c)) {
        continue;
      }
      if (length < SYMBOLS) {
        symbols[length] = value(c);
      }
      length++;
    }
    return length;
  }

  private static void checkGroup(int[] symbols, int first, int group)
      throws RecoveryKeyFormatException {
    for (int i = 0; i < GROUP_SYMBOLS; i++) {
      if (symbols[first + i] == UNKNOWN) {
        throw new RecoveryKeyFormatException(Reason.UNKNOWN_CHARACTER, group + 1);
      }
    }
    if (symbols[first + DATA_SYMBOLS] != checkSymbol(symbols, first, group)) {
      throw new RecoveryKeyFormatException(Reason.CHECK_SYMBOL, group + 1);
    }
  }

  /** a*s0 + a^2*s1 + a^3*s2 + a^4*s3 + a^(group+5). */
  private static int checkSymbol(int[] symbols, int first, int group) {
    int sum = timesPowerOfA(1, group + 5);
    for (int i = 0; i < DATA_SYMBOLS; i++) {
      sum ^= timesPowerOfA(symbols[first + i], i + 1);
    }
    return sum;
  }

  private static int timesPowerOfA(int value, int power) {
    int result = value;
    for (int i = 0; i < power; i++) {
      result <<= 1;
      if (result >= 1 << BITS) {
        result ^= POLYNOMIAL;
      }
    }
    return result;
  }

  private static int symbolAt(byte[] key, int index) {
    int symbol = 0;
    for (int bit = index * BITS; bit < (index + 1) * BITS; bit++) {
      symbol = (symbol << 1) | ((key[bit / 8] >> (7 - bit % 8)) & 1);
    }
    return symbol;
  }

  private static void putSymbol(byte[] key, int index, int symbol) {
    for (int i = 0; i < BITS; i++) {
      int bit = index * BITS + i;
      key[bit / 8] |= (byte) (((symbol >> (BITS - 1 - i)) & 1) << (7 - bit % 8));
    }
  }

  /** A word processor makes other dashes and spaces of those that it is given. */
  private static boolean isBetweenSymbols(char c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION
        || Character.isSpaceChar(c)
        || Character.isWhitespace(c);
  }

  private static int value(char typed) {
    // Not Character.toUpperCase: it makes an ASCII letter of some that are none.
    char c = typed >= 'a' && typed <= 'z' ? (char) (typed - 'a' + 'A') : typed;
    return switch (c) {
      case 'O' -> 0;
      case 'I', 'L' -> 1;
      default -> ALPHABET.indexOf(c); // UNKNOWN if it is not there
    };
  }
}
