package uk.usbguard.core.policy;

import uk.usbguard.core.policy.PolicyProblem.Position;

/** One rule of a policy: for which facts, and what then. */
record Rule(Position at, Condition when, Effect effect, Decision.Grounds grounds) {

  String id() {
    return grounds.rule();
  }
}
