package uk.usbguard.core.media;

/**
 * A stretch of the medium that is judged by itself.
 *
 * @param number counts the extents of a role from 1; 0 where there is one only
 */
public record Extent(Role role, int number, long offsetBytes, long lengthBytes) {

  /** Where an extent comes from. */
  public enum Role {
    /** All of it: no partition table, or what lies under one. */
    WHOLE,
    /** An entry of a partition table. */
    PARTITION,
    /** Between, before or behind partitions. */
    GAP,
    /** The tree of files below a mount point. */
    TREE
  }

  /** Refuses what is no stretch. */
  public Extent {
    if (number < 0 || offsetBytes < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException(number + ", " + offsetBytes + ", " + lengthBytes);
    }
  }

  /** The first byte behind it. */
  public long endBytes() {
    return offsetBytes + lengthBytes;
  }
}
