package uk.usbguard.core.guard;

import java.time.Instant;
import java.util.List;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.MediumReport;
import uk.usbguard.core.media.Verdict;

/**
 * What was seen of a drive at one moment.
 *
 * @param medium what is on it
 * @param shown how much of its identity it showed besides
 * @param user whose session it is; empty if nobody is logged on
 */
public record Plugged(Content medium, IdentityLevel shown, String user, Instant at) {

  /**
   * What is on a medium.
   *
   * @param containers all that were read from it
   * @param revoked one of them is that of a drive that was lost, found or disposed of
   */
  public record Content(Verdict verdict, List<ContainerFingerprint> containers, boolean revoked) {
    /** Copies. */
    public Content {
      containers = List.copyOf(containers);
    }

    /** What a scan found. */
    public static Content of(MediumReport report, boolean revoked) {
      return new Content(report.verdict(), report.fingerprints(), revoked);
    }

    /** Whether this container lies on it and no other does. */
    boolean isOnly(ContainerFingerprint container) {
      return containers.equals(List.of(container));
    }
  }
}
