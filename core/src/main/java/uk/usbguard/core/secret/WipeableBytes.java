package uk.usbguard.core.secret;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The one array behind a secret, and its life: lent as copies, wiped once, useless afterwards. */
final class WipeableBytes {

  /** Owned by this object; guarded by {@code this}, so that nobody is lent half a wiped secret. */
  private final byte[] bytes;

  /** Guarded by {@code this}. */
  private boolean closed;

  /** Takes the array; the caller keeps no reference. */
  WipeableBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  // A copy, and not the array: a close on another thread in the middle of the call would else
  // turn a key that is being used into zeros, and data would be sealed under the zero key.
  <R extends @Nullable Object, X extends Exception> R use(Use<R, X> use) throws X {
    byte[] lent = copy();
    try {
      return use.with(lent);
    } finally {
      Arrays.fill(lent, (byte) 0);
    }
  }

  /** A copy that the caller wipes. */
  synchronized byte[] copy() {
    if (closed) {
      throw new IllegalStateException("the secret is closed");
    }
    return bytes.clone();
  }

  /** In constant time for secrets of equal length; a different length is no secret. */
  boolean matches(WipeableBytes other) {
    byte[] theirs = other.copy();
    try {
      return use(ours -> MessageDigest.isEqual(ours, theirs));
    } finally {
      Arrays.fill(theirs, (byte) 0);
    }
  }

  synchronized void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }
}
