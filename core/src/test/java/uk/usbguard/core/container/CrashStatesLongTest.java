package uk.usbguard.core.container;

import org.junit.jupiter.api.Tag;

/** Ten times as many crash states, for the night. */
@Tag("long")
class CrashStatesLongTest extends CrashStates {

  private static final int WANTED = 2_000_000;

  CrashStatesLongTest() {
    super(10, WANTED);
  }
}
