package uk.usbguard.core.secret;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * 160 random bits that open a container when the passphrase is lost, and their form on paper: eight
 * groups of four symbols and a check symbol. One wrong symbol, two neighbours exchanged or two
 * groups exchanged are always noticed, and the group is named. Wiped when closed and never printed;
 * opening a container needs no slow derivation from it, because nobody can guess it.
 */
public final class RecoveryKey implements AutoCloseable {

  /** The number of bytes. */
  public static final int LENGTH = 20;

  private final WipeableBytes bytes;

  private RecoveryKey(byte[] bytes) {
    this.bytes = new WipeableBytes(bytes);
  }

  /** A new one. */
  public static RecoveryKey generate(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new RecoveryKey(bytes);
  }

  /**
   * Reads what was typed: upper or lower case, with or without hyphens and spaces, {@code O} for
   * zero, {@code I} or {@code L} for one. The array is only read: wiping it stays the caller's
   * duty.
   *
   * @throws RecoveryKeyFormatException if it is no recovery key, or not typed correctly
   */
  public static RecoveryKey parse(char[] typed) throws RecoveryKeyFormatException {
    return new RecoveryKey(RecoveryKeyText.parse(typed));
  }

  /**
   * The form on paper, which the caller wipes.
   *
   * @throws IllegalStateException if this key is closed
   */
  public char[] toText() {
    return use(RecoveryKeyText::format);
  }

  /**
   * Lends the bytes for the length of the call.
   *
   * @throws IllegalStateException if this key is closed
   */
  public <R extends @Nullable Object, X extends Exception> R use(Use<R, X> use) throws X {
    return bytes.use(use);
  }

  /** Wipes the bytes. Closing again does nothing. */
  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "RecoveryKey[redacted]";
  }
}
