package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;

/**
 * AES-256-GCM (NIST SP 800-38D) with IVs of 96 bits and tags of 128: whoever computes it gives the
 * same bytes. Safe for use by several threads at once.
 *
 * <p>For those who implement it. Records are sealed through {@link AeadKey}, which lets nobody
 * choose an IV.
 */
public interface GcmEngine {

  /** Who computes it, for reports. */
  String module();

  /** Whether it runs at its full speed only once the JIT has compiled it. */
  boolean needsWarmUp();

  /** A buffer in which large records are opened without being copied. */
  ByteBuffer buffer(int bytes);

  /** Makes a cipher for one key of 32 bytes, which is borrowed. The caller closes the cipher. */
  GcmCipher forKey(byte[] key);
}
