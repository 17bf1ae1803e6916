package uk.usbguard.core.policy;

import java.util.List;
import uk.usbguard.core.error.UsbguardException;

/** A policy file that is not taken, with everything that is wrong with it. */
public final class InvalidPolicyException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  private final transient List<PolicyProblem> problems;

  InvalidPolicyException(List<PolicyProblem> problems) {
    super("policy: " + problems.size() + " problems, first " + problems.get(0).kind(), null);
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the file. */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
