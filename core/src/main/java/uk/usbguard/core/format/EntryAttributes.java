package uk.usbguard.core.format;

import uk.usbguard.core.error.DamagedContainerException;

/**
 * The attributes of an entry.
 *
 * @param executable bit 0
 * @param readOnly bit 1
 */
public record EntryAttributes(boolean executable, boolean readOnly) {

  /** Neither executable nor read-only. */
  public static final EntryAttributes NONE = new EntryAttributes(false, false);

  private static final int EXECUTABLE = 1;
  private static final int READ_ONLY = 2;

  int toBits() {
    return (executable ? EXECUTABLE : 0) | (readOnly ? READ_ONLY : 0);
  }

  static EntryAttributes read(FieldReader in) throws DamagedContainerException {
    int bits = in.readShort("attributes");
    if ((bits & ~(EXECUTABLE | READ_ONLY)) != 0) {
      throw in.damaged("attributes " + bits);
    }
    return bits == 0
        ? NONE
        : new EntryAttributes((bits & EXECUTABLE) != 0, (bits & READ_ONLY) != 0);
  }
}
