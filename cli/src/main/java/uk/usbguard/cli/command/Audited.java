package uk.usbguard.cli.command;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;

/**
 * What a command does, as the audit log has it.
 *
 * @param actor the person whom the command line names as acting; null if it names nobody
 * @param reading whether it reads the log itself: that is recorded where there is a log to record
 *     in, and a log that cannot be written can still be read
 */
record Audited(
    AuditAction action,
    AuditSubject subject,
    AuditOptions where,
    @Nullable String actor,
    boolean reading) {

  Audited(AuditAction action, AuditSubject subject, AuditOptions where) {
    this(action, subject, where, null, false);
  }

  /** The same, done by this person. */
  Audited by(String person) {
    return new Audited(action, subject, where, person, reading);
  }

  /** Somebody reads the log. */
  static Audited reading(AuditAction action, AuditOptions where) {
    return new Audited(action, AuditSubject.of(AuditSubject.Kind.LOG), where, null, true);
  }
}
