package uk.usbguard.platform;

import java.util.Locale;
import java.util.Optional;

/** The operating systems for which there are adapters. */
public enum OperatingSystem {
  LINUX,
  WINDOWS,
  MACOS;

  /**
   * Reads the value of the system property {@code os.name}; empty for a system without adapters.
   */
  public static Optional<OperatingSystem> named(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return Optional.of(LINUX);
    }
    if (name.startsWith("windows")) {
      return Optional.of(WINDOWS);
    }
    return name.startsWith("mac") ? Optional.of(MACOS) : Optional.empty();
  }
}
