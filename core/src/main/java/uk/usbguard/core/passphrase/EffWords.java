package uk.usbguard.core.passphrase;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The long word list of the Electronic Frontier Foundation: 7,776 words, one per throw of five
 * dice, none of which is the beginning of another. The words stay bytes of the one file, so that
 * drawing some leaves no Strings of exactly these words behind.
 */
final class EffWords {

  static final int COUNT = 7776;

  static final String RESOURCE = "eff-large-wordlist.txt";

  /** Each line is five digits, a tab, the word and a line feed. */
  private static final int WORD_COLUMN = 6;

  private final byte[] file;
  private final int[] lineStarts = new int[COUNT + 1];

  private EffWords(byte[] file) {
    this.file = file;
    int line = 0;
    for (int i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        lineStarts[++line] = i + 1;
      }
    }
  }

  static EffWords load() {
    try (InputStream in = EffWords.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing");
      }
      return new EffWords(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // our own jar cannot be read
    }
  }

  int length(int index) {
    return lineStarts[index + 1] - lineStarts[index] - WORD_COLUMN - 1;
  }

  /** Writes a word into an array that has room for it. */
  void copy(int index, char[] to, int offset) {
    int start = lineStarts[index] + WORD_COLUMN;
    for (int i = 0; i < length(index); i++) {
      to[offset + i] = (char) file[start + i];
    }
  }
}
