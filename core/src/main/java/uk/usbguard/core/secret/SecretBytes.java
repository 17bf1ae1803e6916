package uk.usbguard.core.secret;

import org.jspecify.annotations.Nullable;

/**
 * A key of fixed length: key-encryption key, master key, record key. It is wiped when closed,
 * compared in constant time and never printed. Whoever creates one closes it; being handed one
 * means borrowing it. It does not know what kind of key it is, and it does not make keys.
 *
 * <p>Safe for use by several threads; a close while another thread uses the key lets that use end
 * with the key intact.
 */
public final class SecretBytes implements AutoCloseable {

  private final int length;
  private final WipeableBytes bytes;

  private SecretBytes(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a key of no bytes");
    }
    this.length = bytes.length;
    this.bytes = new WipeableBytes(bytes);
  }

  /** Takes the array over: it is wiped when this key is closed, and the caller forgets it. */
  public static SecretBytes take(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /** Copies the array; wiping the original stays the caller's duty. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /**
   * Lends the bytes for the length of the call.
   *
   * @throws IllegalStateException if this key is closed
   */
  public <R extends @Nullable Object, X extends Exception> R use(Use<R, X> use) throws X {
    return bytes.use(use);
  }

  /** The number of bytes; it is no secret and can be asked after close. */
  public int length() {
    return length;
  }

  /**
   * A second key with the same bytes and a life of its own, which the caller closes.
   *
   * @throws IllegalStateException if this key is closed
   */
  public SecretBytes copy() {
    return new SecretBytes(bytes.copy());
  }

  /**
   * Whether both hold the same bytes, told in constant time.
   *
   * @throws IllegalStateException if either key is closed
   */
  public boolean matches(SecretBytes other) {
    return bytes.matches(other.bytes);
  }

  /** Wipes the bytes. Closing again does nothing. */
  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "SecretBytes[" + length + " bytes, redacted]";
  }
}
