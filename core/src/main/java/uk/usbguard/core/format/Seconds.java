package uk.usbguard.core.format;

import java.time.Instant;
import uk.usbguard.core.error.LimitExceededException;

/** Times in whole seconds since 1970, from there to the year 9999. */
final class Seconds {

  private Seconds() {}

  static void require(Instant time) {
    Required.that(
        time.getNano() == 0
            && time.getEpochSecond() >= 0
            && time.getEpochSecond() <= FormatLimits.MAXIMUM_SECONDS,
        "a time that is not in whole seconds since 1970");
  }

  static Instant decode(long claimed) throws LimitExceededException {
    if (claimed < 0 || claimed > FormatLimits.MAXIMUM_SECONDS) {
      throw new LimitExceededException("time in seconds", claimed, FormatLimits.MAXIMUM_SECONDS);
    }
    return Instant.ofEpochSecond(claimed);
  }
}
