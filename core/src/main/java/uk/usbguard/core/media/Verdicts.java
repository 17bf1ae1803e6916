package uk.usbguard.core.media;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** From what the extents are to what the medium is. docs/verdict.md has the same as a table. */
final class Verdicts {

  private Verdicts() {}

  /** Decides. Reasons are those of the medium as a whole. */
  static Verdict of(List<ExtentFinding> findings, Set<Reason> reasons, boolean asserted) {
    Verdict verdict = of(states(findings), reasons);
    boolean takesAssertion = verdict != Verdict.VERIFIED_ENCRYPTED && verdict != Verdict.UNREADABLE;
    return asserted && takesAssertion ? Verdict.ASSERTED_HARDWARE : verdict;
  }

  /** Harmless gaps do not count. */
  private static Set<ExtentState> states(List<ExtentFinding> findings) {
    Set<ExtentState> states = EnumSet.noneOf(ExtentState.class);
    for (ExtentFinding finding : findings) {
      boolean isHarmlessGap =
          finding.extent().role() == Extent.Role.GAP && finding.reasons().isEmpty();
      if (!isHarmlessGap) {
        states.add(finding.state());
      }
    }
    return states;
  }

  private static Verdict of(Set<ExtentState> states, Set<Reason> reasons) {
    boolean encrypted = states.contains(ExtentState.ENCRYPTED);
    if (states.contains(ExtentState.READABLE)) {
      return encrypted ? Verdict.PARTIAL : Verdict.PLAINTEXT;
    }
    boolean unread = reasons.stream().anyMatch(r -> r.grade() == Reason.Grade.UNREADABLE);
    if (states.contains(ExtentState.UNREADABLE) || unread) {
      return Verdict.UNREADABLE;
    }
    if (states.isEmpty() || states.equals(EnumSet.of(ExtentState.EMPTY))) {
      return reasons.isEmpty() ? Verdict.EMPTY : Verdict.PARTIAL;
    }
    if (states.size() > 1 || !reasons.isEmpty()) {
      return Verdict.PARTIAL;
    }
    return switch (states.iterator().next()) {
      case ENCRYPTED -> Verdict.VERIFIED_ENCRYPTED;
      case OPAQUE -> Verdict.OPAQUE;
      default -> Verdict.PARTIAL;
    };
  }
}
