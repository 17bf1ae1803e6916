package uk.usbguard.core.registry;

import java.time.Instant;

/** Everything on the handover list was done, said by whom and when: REG-05. */
public record Handover(String by, Instant at) {}
