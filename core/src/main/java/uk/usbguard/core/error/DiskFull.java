package uk.usbguard.core.error;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Java has no exception type for a full disk: the system's own sentence is all there is. */
public final class DiskFull {

  private static final List<String> SENTENCES =
      List.of(
          "no space left",
          "not enough space",
          "out of disk space",
          "disk is full",
          "quota exceeded",
          "file too large");

  private DiskFull() {}

  /** Whether this failure says that nothing more fits. */
  public static boolean is(IOException e) {
    String message = e.getMessage();
    if (message == null) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    return SENTENCES.stream().anyMatch(lower::contains);
  }
}
