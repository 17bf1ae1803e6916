package uk.usbguard.core.container;

import java.time.Instant;
import uk.usbguard.core.format.EntryAttributes;
import uk.usbguard.core.format.EntryTimes;

/** What is kept of a file or folder beside its name and content. */
public record FileMeta(Instant modified, Instant created, boolean executable, boolean readOnly) {

  /** A thing made and changed at one moment. */
  public static FileMeta at(Instant time) {
    return new FileMeta(time, time, false, false);
  }

  EntryTimes times() {
    return new EntryTimes(modified, created);
  }

  EntryAttributes attributes() {
    return executable || readOnly
        ? new EntryAttributes(executable, readOnly)
        : EntryAttributes.NONE;
  }
}
