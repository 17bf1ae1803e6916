package uk.usbguard.core.passphrase;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Known words, found at a place in a text without cutting the text into Strings: the sorted words
 * are narrowed down one character after the other.
 */
final class WordSet {

  private final String[] sorted;

  private WordSet(Collection<String> words) {
    this.sorted = words.stream().sorted().distinct().toArray(String[]::new);
  }

  static WordSet of(Collection<String> words) {
    return new WordSet(words);
  }

  /** The lines of resources next to this class; lines that begin with # and empty ones are not. */
  static WordSet ofResources(String... names) {
    List<String> words = new ArrayList<>();
    for (String name : names) {
      try (InputStream in = WordSet.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("resource " + name + " is missing");
        }
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(words::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // our own jar cannot be read
      }
    }
    return new WordSet(words);
  }

  /**
   * The indexes at which a word that begins at the start ends (exclusive). Digits may stand for
   * some letters of a word but not for most: else every long number would hold a word.
   */
  BitSet endsOfWordsAt(FoldedText text, int start) {
    BitSet ends = new BitSet();
    narrow(text, start, 0, 0, sorted.length, true, ends);
    return ends;
  }

  // All words in [low, high) share the first depth characters, and the text reads as these.
  private void narrow(
      FoldedText text, int start, int depth, int low, int high, boolean literal, BitSet ends) {
    int from = low;
    if (from < high && sorted[from].length() == depth) { // the shortest word sorts first
      if (literal || text.isMostlyLetters(start, start + depth)) {
        ends.set(start + depth);
      }
      from++;
    }
    if (start + depth == text.length()) {
      return;
    }
    int here = start + depth;
    int rest = from;
    text.readings(
        here,
        next -> {
          int first = firstNotBelow(next, depth, rest, high);
          int end = firstNotBelow(next + 1, depth, first, high);
          if (first < end) {
            boolean same = literal && text.at(here) == next;
            narrow(text, start, depth + 1, first, end, same, ends);
          }
        });
  }

  private int firstNotBelow(int next, int depth, int low, int high) {
    int from = low;
    int to = high;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle].charAt(depth) < next) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
