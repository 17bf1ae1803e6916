package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;
import java.util.Optional;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.SecretBytes;

/**
 * One closed set of algorithms, all from one place, never negotiated: the format names the profile
 * and its MAC covers the name. Safe for use by several threads.
 *
 * <p>Keys that are passed in are borrowed; keys that come out are closed by whoever asked for them.
 */
public sealed interface CryptoProfile permits StandardProfile {

  /** The number by which the format names this profile. */
  int id();

  /** Which modules do the work, with their versions, for reports; it claims no certification. */
  String modules();

  /** An AES-256-GCM key of 32 bytes. */
  AeadKey aead(SecretBytes key);

  /** A buffer that {@link AeadKey} opens records from and to without copying them. */
  ByteBuffer buffer(int bytes);

  /** HKDF-SHA-256 (RFC 5869): keys for one purpose each from a key that is random already. */
  SecretBytes derive(SecretBytes master, byte[] salt, byte[] info, int length);

  /** HMAC-SHA-256. Compare the result with {@link java.security.MessageDigest#isEqual} only. */
  byte[] mac(SecretBytes key, byte[] data, int offset, int length);

  /**
   * Argon2id, version 1.3, without secret and associated data: slow on purpose. It takes the memory
   * that the cost names, from the heap or from the system.
   */
  SecretBytes passphraseKey(Passphrase passphrase, KdfCost cost, byte[] salt, int length);

  /** AES-256-KWP (RFC 5649) of a key of any length; the same input gives the same output. */
  byte[] wrap(SecretBytes kek, SecretBytes key);

  /** The wrapped key, or nothing if it was wrapped under another key or changed since. */
  Optional<SecretBytes> unwrap(SecretBytes kek, byte[] wrapped);

  /** Random bytes that are no secret: salts, ids. */
  byte[] randomBytes(int length);

  /** A random key. */
  SecretBytes randomKey(int length);

  /** What the records of a process are for most of all. */
  enum Work {
    SEALING,
    OPENING
  }

  /**
   * Makes the JIT compile sealing or opening, which else runs at a fiftieth of its speed for the
   * first tens of MiB; does nothing the second time, or where no JIT computes. Takes 0.1 to 0.2 s
   * of one processor: for a background thread. Stops early, leaving the interrupt set, once the
   * thread is interrupted.
   */
  void warmUp(Work work);
}
