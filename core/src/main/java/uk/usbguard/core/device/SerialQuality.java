package uk.usbguard.core.device;

/** How far a serial number can tell two drives of one model apart. */
public enum SerialQuality {
  /** Looks like one of its own. Still only firmware data. */
  UNIQUE,
  /** The device has none, or only blanks. */
  MISSING,
  /** Fewer than eight characters: a counter or a batch number. */
  SHORT,
  /** One character over and over. */
  REPEATED,
  /** Counts up or down, as in 0123456789ABCDEF: left in by the maker of the chip. */
  SEQUENCE,
  /** Made up by Windows for a device without one: changes with the port. */
  INVENTED,
  /** Holds characters because of which Windows ignores it. */
  UNPRINTABLE;

  /** True if the serial lifts a device above its model. */
  public boolean isUsable() {
    return this == UNIQUE;
  }
}
