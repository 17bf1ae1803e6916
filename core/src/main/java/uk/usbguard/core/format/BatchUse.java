package uk.usbguard.core.format;

import java.util.Optional;

/**
 * How much of a batch is still referred to.
 *
 * @param length of the batch
 * @param liveBytes sum of the sealed lengths of what is referred to, at most the length
 * @param generation of the commit that wrote it
 */
public record BatchUse(int length, int liveBytes, long generation) implements Value {

  static final int ENCODED_LENGTH = 16;

  /** Refuses what no batch can be. */
  public BatchUse {
    String problem = problem(length, liveBytes);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** What is wrong with such a use, or the empty string. */
  static String problem(long length, long liveBytes) {
    if (length < FormatLimits.BLOCK
        || length > FormatLimits.MAXIMUM_BATCH_LENGTH
        || length % FormatLimits.BLOCK != 0) {
      return "batch of " + length + " bytes";
    }
    return liveBytes < 0 || liveBytes > length
        ? liveBytes + " live bytes in a batch of " + length
        : "";
  }

  @Override
  public Key.Kind keyKind() {
    return Key.Kind.BATCH;
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
