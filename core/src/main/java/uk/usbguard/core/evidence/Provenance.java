package uk.usbguard.core.evidence;

import java.time.Instant;

/**
 * Where a report comes from.
 *
 * @param made when, by the clock of this PC
 * @param since a year before: what "within the year" means
 * @param organisation as the register has it; empty if it has none
 * @param by who made it, taken at their word
 * @param program name and version
 * @param modules the modules that do the cryptography, with versions; no claim of a certificate
 * @param registerKind {@code file} or {@code server}
 * @param register name of the file, or host and database; no user, no password
 */
public record Provenance(
    Instant made,
    Instant since,
    String organisation,
    String by,
    String program,
    String modules,
    String registerKind,
    String register) {}
