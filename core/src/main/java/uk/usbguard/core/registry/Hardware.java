package uk.usbguard.core.registry;

import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.IdentityLevel;

/**
 * What is known of the drive itself. Each fact raises the level of identity that a check of this
 * drive can reach; a gap ends the climb.
 *
 * @param descriptorDigest of its USB descriptors; empty if not recorded
 * @param capacityBytes zero if not recorded
 * @param containerFingerprint of the container on it; empty if not recorded. What is no {@link
 *     ContainerFingerprint} is kept, and can never be shown to be there
 * @param secretReference which secret lies inside the container; empty if none
 */
public record Hardware(
    DeviceIdentity identity,
    String descriptorDigest,
    long capacityBytes,
    String containerFingerprint,
    String secretReference) {

  /** Refuses a negative capacity. */
  public Hardware {
    if (capacityBytes < 0) {
      throw new IllegalArgumentException("capacity " + capacityBytes);
    }
  }

  /** Only what it says of itself. */
  public static Hardware of(DeviceIdentity identity) {
    return new Hardware(identity, "", 0, "", "");
  }

  /** The highest level that was recorded. */
  public IdentityLevel level() {
    if (identity.level() == IdentityLevel.MODEL) {
      return IdentityLevel.MODEL;
    }
    if (descriptorDigest.isEmpty() || capacityBytes == 0) {
      return IdentityLevel.SERIAL;
    }
    if (container().isEmpty()) {
      return IdentityLevel.DESCRIPTOR;
    }
    return secretReference.isEmpty() ? IdentityLevel.CONTAINER : IdentityLevel.SECRET;
  }

  /** Which container has to be on it. */
  public Optional<ContainerFingerprint> container() {
    return ContainerFingerprint.parse(containerFingerprint);
  }

  /** The same with another container on it. */
  Hardware holding(ContainerFingerprint container) {
    return new Hardware(
        identity, descriptorDigest, capacityBytes, container.toString(), secretReference);
  }

  /** Refuses what cannot be stored: a hostile drive can call itself anything. */
  Hardware checked() throws RegisterRefusedException {
    PlainText.optional(Field.SERIAL, identity.serial().text());
    return new Hardware(
        identity,
        PlainText.optional(Field.DESCRIPTOR_DIGEST, descriptorDigest),
        capacityBytes,
        PlainText.optional(Field.CONTAINER_FINGERPRINT, containerFingerprint),
        PlainText.optional(Field.SECRET_REFERENCE, secretReference));
  }
}
