package uk.usbguard.core.media;

import java.util.List;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.media.Evidence.Sighting;

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

  /** Which containers were seen in it, sound or not: whether they count is what the state says. */
  public List<ContainerFingerprint> fingerprints() {
    return evidence.stream()
        .filter(Sighting.class::isInstance)
        .map(one -> ((Sighting) one).fingerprint())
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }
}
