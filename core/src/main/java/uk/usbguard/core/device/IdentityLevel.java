package uk.usbguard.core.device;

/**
 * How much of a device's identity was shown. Each level includes the ones before; policy says which
 * one it demands.
 */
public enum IdentityLevel {
  /** L0: vendor and product number. Every stick of the model has them. */
  MODEL("L0"),
  /** L1: also a serial number that looks unique. Firmware data, can be copied. */
  SERIAL("L1"),
  /** L2: also the digest of the descriptors, and the capacity. */
  DESCRIPTOR("L2"),
  /** L3: also the fingerprint of the container on the medium. */
  CONTAINER("L3"),
  /** L4: also a secret inside the container, shown after it was opened. */
  SECRET("L4");

  private final String label;

  IdentityLevel(String label) {
    this.label = label;
  }

  /** True if this is at least as strong as {@code demanded}. */
  public boolean atLeast(IdentityLevel demanded) {
    return compareTo(demanded) >= 0;
  }

  /** The name that policies and reports use: {@code L0} ... {@code L4}. */
  public String label() {
    return label;
  }
}
