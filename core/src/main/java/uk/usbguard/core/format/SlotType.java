package uk.usbguard.core.format;

import java.util.Optional;

/** Who a key slot is for. */
public enum SlotType {
  PASSPHRASE(1),
  RECOVERY(2),
  ORGANISATION(3),
  RECIPIENT(4);

  private final int code;

  SlotType(int code) {
    this.code = code;
  }

  /** The number in the format. */
  public int code() {
    return code;
  }

  static Optional<SlotType> of(int code) {
    for (SlotType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether the slot is opened with a private key, so that it has a public part. */
  boolean isPublicKey() {
    return this == ORGANISATION || this == RECIPIENT;
  }
}
