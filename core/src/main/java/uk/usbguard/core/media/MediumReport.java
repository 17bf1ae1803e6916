package uk.usbguard.core.media;

import java.util.List;
import uk.usbguard.core.device.ContainerFingerprint;

/**
 * What a scan found.
 *
 * @param sizeBytes what the medium says of itself; of a tree, the bytes of its files
 * @param bytesRead what the scan cost
 * @param reasons why the verdict is not more than it is, without those of single extents
 */
public record MediumReport(
    Verdict verdict,
    long sizeBytes,
    long bytesRead,
    List<ExtentFinding> extents,
    List<Reason> reasons) {

  /** Copies. */
  public MediumReport {
    extents = List.copyOf(extents);
    reasons = List.copyOf(reasons);
  }

  /** Which containers were seen on it, each once, in the order of their places. */
  public List<ContainerFingerprint> fingerprints() {
    return extents.stream().flatMap(e -> e.fingerprints().stream()).distinct().toList();
  }

  /** Whether policy takes it for encrypted unless it says otherwise: proven or asserted. */
  public boolean isEncrypted() {
    return verdict == Verdict.VERIFIED_ENCRYPTED || verdict == Verdict.ASSERTED_HARDWARE;
  }
}
