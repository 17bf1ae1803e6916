package uk.usbguard.core.registry;

import java.time.Instant;

/**
 * One change, or one that was refused.
 *
 * @param device the tag, or empty if the whole register is meant
 * @param result "done", or the label of the refusal or problem
 */
public record RegisterEvent(
    Instant at, Action action, String actor, String reason, String device, String result) {

  /** The result of what was done. */
  public static final String DONE = "done";
}
