package uk.usbguard.cli.command;

import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;

/** What a command does, as the audit log has it. */
record Audited(AuditAction action, AuditSubject subject, AuditOptions where) {}
