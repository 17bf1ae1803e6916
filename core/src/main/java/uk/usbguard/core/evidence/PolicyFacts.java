package uk.usbguard.core.evidence;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of itself, for reports: this package does not read policies.
 *
 * @param source {@code in-force} or {@code file}
 * @param signedBy fingerprint of the key by which it was found genuine; empty if none was given
 * @param organisation whose it is; empty if it does not say
 * @param mode {@code enforces} or {@code audits}
 * @param lastReview null if it does not say
 * @param reviewedBy empty if it does not say
 * @param reviewDue null if it does not say
 * @param review {@code current}, {@code overdue}, {@code not-yet-done} or {@code not-said}
 */
public record PolicyFacts(
    String source,
    String signedBy,
    String name,
    long version,
    String organisation,
    String mode,
    @Nullable LocalDate lastReview,
    String reviewedBy,
    @Nullable LocalDate reviewDue,
    String review) {}
