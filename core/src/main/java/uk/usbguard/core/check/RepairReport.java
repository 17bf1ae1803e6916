package uk.usbguard.core.check;

import java.util.Optional;
import uk.usbguard.core.container.Mending;

/**
 * What a repair did and what is left.
 *
 * @param mending what was wrong beside the content, and was put right
 * @param after what reading everything finds now; nothing after a trial of a container that does
 *     not open
 */
public record RepairReport(Mending mending, Optional<VerifyReport> after) {

  /** True if nothing is lost: all that was wrong was put right. */
  public boolean isWhole() {
    return !mending.losesNames() && after.map(VerifyReport::isSound).orElse(true);
  }
}
