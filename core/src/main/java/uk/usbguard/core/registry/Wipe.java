package uk.usbguard.core.registry;

import java.time.Instant;

/**
 * A wipe that was verified: WIPE-03.
 *
 * @param certificate where its certificate is kept
 */
public record Wipe(String method, String certificate, String by, Instant at) {}
