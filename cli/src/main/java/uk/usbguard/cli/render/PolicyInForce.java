package uk.usbguard.cli.render;

import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;

/**
 * Which policy is in force on this PC after one was offered.
 *
 * @param taken whether it is the one that was offered
 * @param refusal why it is not; nothing if it is
 * @param policy what the policy in force calls itself: {@code deny-all} if there is none to trust
 */
public record PolicyInForce(
    String file, boolean taken, @Nullable String refusal, String policy, long version)
    implements Report {

  @Override
  public String type() {
    return "policy-use";
  }

  @Override
  public void print(Page page) {
    if (taken) {
      page.line("policy.in-force", Printable.name(policy), version);
    } else {
      page.line(
          version == 0 ? "policy.still-none" : "policy.still-in-force",
          Printable.name(policy),
          version);
    }
  }
}
