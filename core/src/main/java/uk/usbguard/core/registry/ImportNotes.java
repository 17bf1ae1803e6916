package uk.usbguard.core.registry;

/** Hears of each entry that an import left out. */
@FunctionalInterface
public interface ImportNotes {

  /**
   * This one was not taken.
   *
   * @param line where it stands in the file
   * @param tag as it stands there, not checked
   * @param why what is wrong with it
   */
  void leftOut(long line, String tag, RegisterRefusedException why);
}
