package uk.usbguard.core.container;

import java.util.Objects;
import uk.usbguard.core.crypto.KdfCost;

/**
 * What one guess at a passphrase costs: Argon2id, RFC 9106.
 *
 * @param memoryKib memory in KiB
 * @param passes over the memory
 * @param lanes independent parts of it
 */
public record PassphraseCost(int memoryKib, int passes, int lanes) {

  /** RFC 9106's second recommended option: 64 MiB, 3 passes, 4 lanes. */
  public static final PassphraseCost DEFAULT = of(KdfCost.DEFAULT);

  /** The least that the format allows: 19 MiB, 2 passes, 1 lane. */
  public static final PassphraseCost LEAST =
      new PassphraseCost(KdfCost.MINIMUM_MEMORY_KIB, KdfCost.MINIMUM_PASSES, 1);

  /** Refuses what the format does not allow. */
  public PassphraseCost {
    requireAllowed(new KdfCost(memoryKib, passes, lanes));
  }

  private static void requireAllowed(KdfCost cost) {
    Objects.requireNonNull(cost); // it refuses what is out of bounds by itself
  }

  private static PassphraseCost of(KdfCost cost) {
    return new PassphraseCost(cost.memoryKib(), cost.passes(), cost.lanes());
  }

  KdfCost toKdf() {
    return new KdfCost(memoryKib, passes, lanes);
  }
}
