package uk.usbguard.core.evidence;

import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.AuditReport;

/**
 * An audit log that was verified.
 *
 * @param verified what the verification found
 * @param signedBy fingerprint of the key that it was verified with
 * @param events reads it
 */
public record LogFacts(AuditReport verified, String signedBy, AuditReader events) {}
