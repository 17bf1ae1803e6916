package uk.usbguard.core.registry;

import java.util.regex.Pattern;

/** What a sample of the register is drawn with: the same seed draws the same drives. */
public record SampleSeed(String text) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** Refuses what could be read or typed in two ways. */
  public SampleSeed {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a seed of " + text.length() + " characters");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
