package uk.usbguard.core.registry;

/** The most sensitive data that the drive is for. */
public enum DataClass {
  /** About identifiable patients. */
  PATIENT,
  /** About other identifiable people. */
  PERSONAL,
  /** Confidential, about nobody. */
  BUSINESS,
  /** Published, or meant to be. */
  PUBLIC
}
