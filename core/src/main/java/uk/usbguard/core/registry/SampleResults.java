package uk.usbguard.core.registry;

import java.time.Instant;

/**
 * What spot checks of one sample recorded within some time. A second result for one drive is
 * counted beside the first.
 *
 * @param last when the newest of them was recorded
 */
public record SampleResults(String seed, long found, long missing, long differs, Instant last) {

  /** All of them. */
  public long checked() {
    return found + missing + differs;
  }
}
