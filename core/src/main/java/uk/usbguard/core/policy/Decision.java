package uk.usbguard.core.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What follows from a policy for the facts of one moment, and why. Same facts, same decision.
 *
 * @param effect what happens
 * @param intended what would happen if the policy did more than watch; otherwise the same
 * @param contact whom to ask
 * @param checkInLimit where its reason is the time since the last check-in: how long that may be
 *     before this policy allows less
 */
public record Decision(
    Effect effect,
    Effect intended,
    Grounds grounds,
    String contact,
    Facts facts,
    Optional<Duration> checkInLimit) {

  /** Begins the name of what no rule of the policy says. */
  public static final String BUILT_IN = "built-in:";

  /**
   * What it rests on.
   *
   * @param rule the rule's id, or {@code built-in:...}
   * @param reason why, and with the facts what the sentences for people are made from
   * @param alert IT and information governance are to be told at once
   * @param text the organisation's own words, empty if the rule has none
   */
  public record Grounds(String rule, Reason reason, boolean alert, String text) {

    /** Refuses grounds that name no rule. */
    public Grounds {
      if (rule.isEmpty()) {
        throw new IllegalArgumentException("no rule");
      }
    }

    static Grounds builtIn(Reason reason) {
      return new Grounds(BUILT_IN + reason.label(), reason, reason == Reason.REVOKED, "");
    }
  }

  /** True if the guard leaves the device wholly alone. */
  public boolean isUntouched() {
    return grounds.reason() == Reason.NOT_STORAGE || grounds.reason() == Reason.LISTED;
  }

  Decision with(Optional<Duration> limit) {
    return limit.isEmpty() ? this : new Decision(effect, intended, grounds, contact, facts, limit);
  }
}
