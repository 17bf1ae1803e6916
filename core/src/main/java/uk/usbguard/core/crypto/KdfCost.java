package uk.usbguard.core.crypto;

/**
 * What one Argon2id run costs. Refuses to be weaker than the floor or dearer than the cap, so that
 * no code path can compute either, whatever a stick claims.
 *
 * @param memoryKib memory in KiB
 * @param passes passes over that memory
 * @param lanes independent lanes; they change the result, but not the time it takes here
 */
public record KdfCost(int memoryKib, int passes, int lanes) {

  public static final int MINIMUM_MEMORY_KIB = 19 * 1024;
  public static final int MAXIMUM_MEMORY_KIB = 1024 * 1024;
  public static final int MINIMUM_PASSES = 2;
  public static final int MAXIMUM_PASSES = 16;
  public static final int MINIMUM_LANES = 1;
  public static final int MAXIMUM_LANES = 16;

  /** RFC 9106, section 4, second recommended option. */
  public static final KdfCost DEFAULT = new KdfCost(64 * 1024, 3, 4);

  public KdfCost {
    check("memoryKib", memoryKib, MINIMUM_MEMORY_KIB, MAXIMUM_MEMORY_KIB);
    check("passes", passes, MINIMUM_PASSES, MAXIMUM_PASSES);
    check("lanes", lanes, MINIMUM_LANES, MAXIMUM_LANES);
  }

  private static void check(String what, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          what + " " + value + " is not in " + minimum + " ... " + maximum);
    }
  }
}
