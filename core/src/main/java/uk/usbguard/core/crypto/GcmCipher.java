package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;

/** AES-256-GCM under one key. Used by one thread at a time, but not always by the same. */
public interface GcmCipher extends AutoCloseable {

  /** Bytes of an IV. */
  int IV_LENGTH = 12;

  /** Bytes of a tag. */
  int TAG_LENGTH = 16;

  /**
   * Seals a record and writes ciphertext and tag to {@code out}.
   *
   * @param iv {@link #IV_LENGTH} bytes, used for no other record of this key
   */
  void seal(byte[] iv, byte[] aad, byte[] plain, int offset, int length, byte[] out, int outOffset);

  /**
   * Opens a record of {@code length} bytes: IV, ciphertext, tag.
   *
   * @return false if it is too short or the tag is not right; what {@code out} then holds at the
   *     record's place, the caller overwrites
   */
  boolean open(byte[] aad, byte[] sealed, int offset, int length, byte[] out, int outOffset);

  /**
   * The same between two buffers that {@link GcmEngine#buffer} made. Positions and limits stay.
   *
   * @param at where the record begins in {@code sealed}, not from its position but from its start
   * @param to where the plaintext goes, likewise
   */
  boolean open(byte[] aad, ByteBuffer sealed, int at, int length, ByteBuffer out, int to);

  /** Wipes the key, as far as whoever computes it can. */
  @Override
  void close();
}
