package uk.usbguard.core.policy;

import java.time.LocalDate;

/**
 * Who last looked at a policy as a whole, and when. It has to be looked at again within a year:
 * AUD-06. A review that is overdue changes no decision.
 *
 * @param last the day of it
 * @param by who did it: a person or a role
 */
public record PolicyReview(LocalDate last, String by) {

  /** How a review stands on some day. */
  public enum State {
    /** Done within the last year. */
    CURRENT,
    /** More than a year ago. */
    OVERDUE,
    /** Said to be done on a day that has not come: it proves nothing. */
    NOT_YET_DONE;

    /** The name that reports and bundles use. */
    public String label() {
      return Labels.of(this);
    }
  }

  /** The last day by which somebody has to look again. */
  public LocalDate due() {
    return last.plusYears(1);
  }

  /** How it stands on this day. */
  public State on(LocalDate day) {
    if (last.isAfter(day)) {
      return State.NOT_YET_DONE;
    }
    return day.isAfter(due()) ? State.OVERDUE : State.CURRENT;
  }
}
