package uk.usbguard.core.registry;

import java.time.Instant;

/**
 * Somebody other than who asked has looked at the risk and agreed: REG-03.
 *
 * @param riskAssessment where the assessment is kept
 */
public record Approval(String approvedBy, Instant at, String riskAssessment) {}
