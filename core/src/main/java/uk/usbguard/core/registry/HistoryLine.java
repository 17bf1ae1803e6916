package uk.usbguard.core.registry;

import java.time.Instant;

/**
 * One change of an entry.
 *
 * @param action as {@link Action#label}
 * @param from the state before; empty if there was no entry
 * @param detail what the states do not say
 */
public record HistoryLine(
    long version,
    Instant at,
    String actor,
    String action,
    String from,
    String to,
    String reason,
    String detail) {}
