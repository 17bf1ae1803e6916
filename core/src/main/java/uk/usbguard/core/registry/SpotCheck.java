package uk.usbguard.core.registry;

import java.util.Locale;

/** What somebody found who went to look at a drive of a sample: AUD-06. */
public enum SpotCheck {
  /** Where it should be, with whom it should be, and as the register says. */
  FOUND,
  /** Nobody could show it. */
  MISSING,
  /** It is there, and the register says something else of it. */
  DIFFERS;

  /** As in the history and in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How the history keeps it. */
  String detail(SampleSeed seed) {
    return label() + " " + seed;
  }
}
