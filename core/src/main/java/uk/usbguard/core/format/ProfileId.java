package uk.usbguard.core.format;

import java.util.Optional;

/** The closed set of algorithms that a container names. */
public enum ProfileId {
  STANDARD(1),
  FIPS(2);

  private final int code;

  ProfileId(int code) {
    this.code = code;
  }

  /** The number in the format. */
  public int code() {
    return code;
  }

  static Optional<ProfileId> of(int code) {
    for (ProfileId profile : values()) {
      if (profile.code == code) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
