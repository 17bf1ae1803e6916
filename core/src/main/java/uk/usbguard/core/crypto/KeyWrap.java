package uk.usbguard.core.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import uk.usbguard.core.error.BugException;

/** AES-KWP (RFC 5649): deterministic, needs no IV, and notices a wrong key or a changed byte. */
final class KeyWrap {

  private static final int SHORTEST_WRAPPED = 16;

  private final Jca jca;

  KeyWrap(Jca jca) {
    this.jca = jca;
  }

  byte[] wrap(byte[] kek, byte[] key) {
    RawKey wrapping = new RawKey("AES", kek);
    try {
      Cipher cipher = jca.kwp();
      cipher.init(Cipher.ENCRYPT_MODE, wrapping);
      return cipher.doFinal(key);
    } catch (GeneralSecurityException e) {
      throw new BugException("AES-KWP refuses to wrap", e);
    } finally {
      wrapping.destroy();
    }
  }

  /** The caller wipes the result. */
  Optional<byte[]> unwrap(byte[] kek, byte[] wrapped) {
    if (wrapped.length < SHORTEST_WRAPPED) {
      return Optional.empty(); // SunJCE throws a NegativeArraySizeException for some of them
    }
    RawKey wrapping = new RawKey("AES", kek);
    try {
      Cipher cipher = jca.kwp();
      cipher.init(Cipher.DECRYPT_MODE, wrapping);
      return Optional.of(cipher.doFinal(wrapped));
    } catch (IllegalBlockSizeException | BadPaddingException e) {
      return Optional.empty(); // both tell of the input: its length or its integrity check
    } catch (GeneralSecurityException e) {
      throw new BugException("AES-KWP refuses a key", e);
    } finally {
      wrapping.destroy();
    }
  }
}
