package uk.usbguard.core.audit;

/** How an event is written for other systems, as one line without a line end. */
@FunctionalInterface
public interface AuditFormat {

  /** The line. Nothing in the event can end it or begin another one. */
  String line(AuditRecord event);
}
