package uk.usbguard.core.container;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** How long a master key has been protecting new data, against NIST SP 800-57's two years. */
public enum KeyAge {
  /** Nothing to do. */
  FINE,
  /** Three months are left, or less, to make a new container. */
  DUE,
  /** It may open what is there, but no new data is written under it. */
  EXPIRED;

  private static final int DUE_MONTHS = 21;
  private static final int EXPIRED_MONTHS = 24;

  /** A key from the future, as a PC with a wrong clock makes them, is fine. */
  static KeyAge of(Instant masterKeyMade, Clock clock) {
    var made = masterKeyMade.atZone(ZoneOffset.UTC);
    var now = clock.instant().atZone(ZoneOffset.UTC);
    if (!now.isBefore(made.plusMonths(EXPIRED_MONTHS))) {
      return EXPIRED;
    }
    return now.isBefore(made.plusMonths(DUE_MONTHS)) ? FINE : DUE;
  }
}
