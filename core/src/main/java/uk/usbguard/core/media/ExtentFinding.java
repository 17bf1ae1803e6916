package uk.usbguard.core.media;

import java.util.List;

/**
 * What one extent was found to be, what shows it, and why it is not more than that.
 *
 * @param reasons empty if and only if it is encrypted or empty
 */
public record ExtentFinding(
    Extent extent, ExtentState state, List<Evidence> evidence, List<Reason> reasons) {

  /** Copies. */
  public ExtentFinding {
    evidence = List.copyOf(evidence);
    reasons = List.copyOf(reasons);
  }
}
