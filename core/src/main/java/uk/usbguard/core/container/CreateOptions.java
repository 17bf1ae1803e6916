package uk.usbguard.core.container;

/**
 * How a container is made.
 *
 * @param profile its algorithms
 * @param cost of one guess at its passphrase
 * @param recoveryKey whether it gets one
 * @param segmentMib how long its files may grow, in MiB; no file passes 4 GiB - 1
 */
public record CreateOptions(
    Profile profile, PassphraseCost cost, boolean recoveryKey, int segmentMib) {

  /** 4,032 MiB: below FAT32's limit, and a whole number of the largest steps of growth. */
  public static final int DEFAULT_SEGMENT_MIB = 4032;

  /** Standard profile, default cost, with a recovery key. */
  public static CreateOptions defaults() {
    return new CreateOptions(Profile.STANDARD, PassphraseCost.DEFAULT, true, DEFAULT_SEGMENT_MIB);
  }

  /** The same with another profile. */
  public CreateOptions withProfile(Profile other) {
    return new CreateOptions(other, cost, recoveryKey, segmentMib);
  }

  /** The same with another cost. */
  public CreateOptions withCost(PassphraseCost other) {
    return new CreateOptions(profile, other, recoveryKey, segmentMib);
  }

  /** The same with or without a recovery key. */
  public CreateOptions withRecoveryKey(boolean wanted) {
    return new CreateOptions(profile, cost, wanted, segmentMib);
  }

  /** The same with files of another length. */
  public CreateOptions withSegmentMib(int mib) {
    return new CreateOptions(profile, cost, recoveryKey, mib);
  }
}
