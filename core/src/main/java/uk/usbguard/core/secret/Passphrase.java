package uk.usbguard.core.secret;

import org.jspecify.annotations.Nullable;

/**
 * What a person typed to open a container, as the bytes that every key derivation sees: Unicode
 * NFC, then UTF-8, never shortened. The same phrase typed on another keyboard or system gives the
 * same bytes. It is wiped when closed and never printed.
 *
 * <p>It says nothing about strength: an existing container may be opened with any phrase that was
 * once allowed. The rules for a new one are in the passphrase package.
 */
public final class Passphrase implements AutoCloseable {

  /** The longest phrase, in bytes of UTF-8. */
  public static final int MAXIMUM_BYTES = 1024;

  private final WipeableBytes bytes;

  private Passphrase(WipeableBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Encodes a phrase. The array is only read: wiping it stays the caller's duty.
   *
   * @throws UnusablePassphraseException if it holds half a surrogate pair or NUL, or is longer than
   *     {@link #MAXIMUM_BYTES}
   */
  public static Passphrase of(char[] chars) throws UnusablePassphraseException {
    return new Passphrase(new WipeableBytes(PassphraseEncoder.encode(chars)));
  }

  /**
   * The length as a person counts it, near enough: an emoji is one, an accented letter is one.
   *
   * @throws IllegalStateException if this passphrase is closed
   */
  public int codePointCount() {
    return use(PassphraseEncoder::codePointCount);
  }

  /**
   * Lends the UTF-8 bytes for the length of the call.
   *
   * @throws IllegalStateException if this passphrase is closed
   */
  public <R extends @Nullable Object, X extends Exception> R use(Use<R, X> use) throws X {
    return bytes.use(use);
  }

  /**
   * Whether both are the same phrase, as when it is typed a second time to confirm it.
   *
   * @throws IllegalStateException if either passphrase is closed
   */
  public boolean matches(Passphrase other) {
    return bytes.matches(other.bytes);
  }

  /** Wipes the bytes. Closing again does nothing. */
  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "Passphrase[redacted]";
  }
}
