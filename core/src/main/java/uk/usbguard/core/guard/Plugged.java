package uk.usbguard.core.guard;

import java.time.Instant;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/**
 * What was seen of a drive at one moment.
 *
 * @param verdict what is on it
 * @param shown how much of its identity it showed
 * @param user whose session it is; empty if nobody is logged on
 */
public record Plugged(Verdict verdict, IdentityLevel shown, String user, Instant at) {}
