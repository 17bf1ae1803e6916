package uk.usbguard.core.passphrase;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.UnusablePassphraseException;

/**
 * A passphrase that was just drawn and has to be shown to its future owner once. It is wiped when
 * closed and never printed. Whoever shows it must not turn it into a String.
 */
public final class GeneratedPassphrase implements AutoCloseable {

  /** What is done with the lent characters; the array is a copy that is wiped after the call. */
  @FunctionalInterface
  public interface Reading<R extends @Nullable Object, X extends Exception> {
    R with(char[] chars) throws X;
  }

  private static final double BITS_PER_WORD = Math.log(EffWords.COUNT) / Math.log(2);

  /** Owned; guarded by {@code this}. */
  private final char[] phrase;

  private final int words;
  private final int wordsAskedFor;

  /** Guarded by {@code this}. */
  private boolean closed;

  /** Takes the array. */
  GeneratedPassphrase(char[] phrase, int words, int wordsAskedFor) {
    this.phrase = phrase;
    this.words = words;
    this.wordsAskedFor = wordsAskedFor;
  }

  /** How many words it has. */
  public int words() {
    return words;
  }

  /**
   * The logarithm of the number of phrases it was drawn from, known exactly and not estimated.
   * Words added only to reach a minimum length are not counted.
   */
  public double entropyBits() {
    return wordsAskedFor * BITS_PER_WORD;
  }

  /**
   * Lends the characters for the length of the call, to be shown or printed.
   *
   * @throws IllegalStateException if this is closed
   */
  public <R extends @Nullable Object, X extends Exception> R read(Reading<R, X> reading) throws X {
    char[] lent = copy();
    try {
      return reading.with(lent);
    } finally {
      Arrays.fill(lent, '\0');
    }
  }

  /**
   * The same phrase for key derivation, with a life of its own, which the caller closes.
   *
   * @throws IllegalStateException if this is closed
   */
  public Passphrase toPassphrase() {
    return read(
        chars -> {
          try {
            return Passphrase.of(chars);
          } catch (UnusablePassphraseException e) {
            throw new IllegalStateException(e); // unreachable: ASCII words, at most 64 of them
          }
        });
  }

  private synchronized char[] copy() {
    if (closed) {
      throw new IllegalStateException("the passphrase is closed");
    }
    return phrase.clone();
  }

  /** Wipes the phrase. Closing again does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(phrase, '\0');
  }

  @Override
  public String toString() {
    return "GeneratedPassphrase[" + words + " words, redacted]";
  }
}
