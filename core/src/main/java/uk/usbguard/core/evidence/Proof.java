package uk.usbguard.core.evidence;

import java.time.LocalDate;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.Hardware;
import uk.usbguard.core.registry.UseException;

/** What the register has to show for a drive being encrypted, the strongest first. */
enum Proof {
  /** The container on it, and a secret inside that only this container holds. */
  CONTAINER_AND_SECRET,
  /** The container on it, by its fingerprint. */
  CONTAINER,
  /** Leave to be unencrypted, in force. */
  EXCEPTION,
  /** Leave to be unencrypted, which has ended. */
  EXCEPTION_ENDED,
  /** Nothing, or a text that is no fingerprint of a container. */
  NONE;

  /** As of the day that counts for this drive: {@link Device#today}. */
  static Proof of(Device device, LocalDate today) {
    Hardware hardware = device.hardware();
    if (ContainerFingerprint.parse(hardware.containerFingerprint()).isPresent()) {
      return hardware.secretReference().isEmpty() ? CONTAINER : CONTAINER_AND_SECRET;
    }
    UseException leave = device.paperwork().unencrypted();
    if (leave == null) {
      return NONE;
    }
    return leave.isInForce(today) ? EXCEPTION : EXCEPTION_ENDED;
  }

  boolean isEncrypted() {
    return this == CONTAINER_AND_SECRET || this == CONTAINER;
  }
}
