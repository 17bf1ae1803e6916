package uk.usbguard.core.audit;

import java.io.IOException;

/** What a giver of an event holds until the event is on the medium. */
public interface AuditReceipt {

  /**
   * Returns once the event is on the medium. An interrupt does not shorten the wait, which is that
   * of one write, and stays set.
   *
   * @return the number of its entry
   */
  long await() throws IOException, AuditException;

  /** Whether it is on the medium, or never will be. */
  boolean isDone();
}
