package uk.usbguard.core.registry;

import java.util.Set;

/** An entry of a file, after it was held against the rules. */
sealed interface ReadEntry {

  /**
   * It may come into the register.
   *
   * @param said which fields the file has; the others were filled in
   */
  record Accepted(long line, String key, Device device, Set<Field> said) implements ReadEntry {

    /** Whether the other one is the same in everything that the file says. */
    boolean isSameAs(Device other) {
      return EntryRules.isSame(device, said, other);
    }
  }

  /**
   * It may not.
   *
   * @param tag as it stands there, not checked
   */
  record Refused(long line, String tag, RegisterRefusedException why) implements ReadEntry {}
}
