package uk.usbguard.core.format;

import java.time.Instant;

/**
 * When an entry was last changed and when it was made, to the nanosecond.
 *
 * @param modified last change of the content
 * @param created when it was made
 */
public record EntryTimes(Instant modified, Instant created) {}
