package uk.usbguard.core.device;

/**
 * What kind of thing a device is, judged from all interfaces of all its configurations. The table
 * in docs/devices.md says which interfaces give which shape. What bears data, or might, is subject
 * to the rules of a policy; everything else is never touched by them.
 */
public enum DeviceShape {
  /** Nothing but mass storage, by BOT, UAS or both. */
  STORAGE("storage", true),
  /** Mass storage whose medium can be changed. */
  CARD_READER("card-reader", true),
  /** Mass storage with a CD or DVD drive among its units. */
  OPTICAL("optical", true),
  /** Mass storage and audio: a dictation machine or music player. */
  RECORDER("recorder", true),
  /** MTP or PTP: a phone, a camera, a player. */
  PHONE_OR_CAMERA("phone-or-camera", true),
  /** Bears data and types: what a forged keyboard in a stick looks like. */
  STORAGE_WITH_INPUT("storage-with-input", true),
  /** Mass storage and something else, such as a network card or a printer. */
  STORAGE_COMPOSITE("storage-composite", true),
  /** Nothing but interfaces that only their maker knows: a serial cable, an instrument. */
  VENDOR_SPECIFIC("vendor-specific", true),
  /** Interfaces that no table knows, or a vendor's that look like storage. */
  UNKNOWN("unknown", true),
  /** Descriptors that do not add up. */
  MALFORMED("malformed", true),
  /** Keyboard, mouse, scanner, foot switch. */
  INPUT("input", false),
  /** Sound, also with the buttons of a headset. */
  AUDIO("audio", false),
  /** Camera that streams. */
  VIDEO("video", false),
  /** Printer. */
  PRINTER("printer", false),
  /** Hub. */
  HUB("hub", false),
  /** Network card. */
  NETWORK("network", false),
  /** Modem, serial line, radio. */
  COMMUNICATION("communication", false),
  /** Reader of smart cards. */
  SMART_CARD("smart-card", false),
  /** Personal healthcare device. */
  HEALTH("health", false),
  /** Several of those that bear no data, or one without a name of its own. */
  PERIPHERAL("peripheral", false);

  private final String label;
  private final boolean bearsData;

  DeviceShape(String label, boolean bearsData) {
    this.label = label;
    this.bearsData = bearsData;
  }

  /** Judges descriptors that could be read. */
  public static DeviceShape of(UsbDescriptors descriptors, ShapeHints hints) {
    return new Interfaces(descriptors.interfaces(), hints).shape();
  }

  /** The name that policies and reports use. */
  public String label() {
    return label;
  }

  /** True if it holds data or might; false if the rules for storage never touch it. */
  public boolean bearsData() {
    return bearsData;
  }
}
