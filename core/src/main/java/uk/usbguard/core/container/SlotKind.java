package uk.usbguard.core.container;

import uk.usbguard.core.format.SlotType;

/** What a key slot is opened with. */
public enum SlotKind {
  PASSPHRASE,
  RECOVERY,
  /** The organisation's escrow; has its place in the format, not in this release. */
  ORGANISATION,
  /** Somebody's public key; has its place in the format, not in this release. */
  RECIPIENT;

  static SlotKind of(SlotType type) {
    return switch (type) {
      case PASSPHRASE -> PASSPHRASE;
      case RECOVERY -> RECOVERY;
      case ORGANISATION -> ORGANISATION;
      case RECIPIENT -> RECIPIENT;
    };
  }
}
