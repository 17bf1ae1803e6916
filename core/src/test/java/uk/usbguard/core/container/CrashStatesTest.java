package uk.usbguard.core.container;

/** As many crash states as there is time for after each change. */
class CrashStatesTest extends CrashStates {

  private static final int WANTED = 200_000;

  CrashStatesTest() {
    super(1, WANTED);
  }
}
