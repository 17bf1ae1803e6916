package uk.usbguard.core.audit;

/**
 * Where the entries of a process come from.
 *
 * @param host the PC's name
 * @param user the account that acts
 */
public record AuditOrigin(String host, String user) {}
