package uk.usbguard.cli.command;

import java.time.Clock;
import java.time.LocalDate;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.PolicyReview;

/** Says that a policy has to be looked at again: AUD-06. Stops nothing. */
final class PolicyReviewDue {

  private PolicyReviewDue() {}

  static void say(Policy.Header header, Clock clock, Output output) {
    PolicyReview review = header.review();
    if (review == null) {
      return;
    }
    PolicyReview.State state = review.on(LocalDate.now(clock));
    if (state != PolicyReview.State.CURRENT) {
      output.warning(
          "policy-review-" + state.label(),
          Printable.name(header.name()),
          review.last().toString(),
          review.due().toString(),
          Printable.name(review.by()),
          Printable.name(header.contact()));
    }
  }
}
