package uk.usbguard.core.format;

import java.util.Optional;

/**
 * Bytes that may be written again once they have been free for long enough.
 *
 * @param length number of bytes, 1 to 2^32 - 1
 * @param freedIn generation of the commit that freed them
 * @param writtenWhenFreed bytes written to batches since creation, at that commit
 */
public record FreeRun(long length, long freedIn, long writtenWhenFreed) implements Value {

  static final int ENCODED_LENGTH = 20;

  /** Refuses a length that has no encoding, or nothing. */
  public FreeRun {
    if (length < 1 || length > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("length " + length);
    }
  }

  @Override
  public Key.Kind keyKind() {
    return Key.Kind.FREE;
  }

  @Override
  public int encodedLength() {
    return ENCODED_LENGTH;
  }

  @Override
  public Optional<EpochSalt> epoch() {
    return Optional.empty();
  }
}
