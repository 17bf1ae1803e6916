package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which cluster follows which, in a FAT of any width.
 *
 * @param bits 12, 16, 28 (FAT32) or 32 (exFAT)
 */
record ClusterMap(
    Region region, int bits, long tableStart, long dataStart, int clusterBytes, long clusters) {

  /** Longer chains are followed this far only: 512 KiB of memory. */
  static final int MAX_CHAIN = 65_536;

  long startOf(long cluster) {
    return dataStart + (cluster - 2) * clusterBytes;
  }

  boolean isCluster(long cluster) {
    return cluster >= 2 && cluster < clusters + 2;
  }

  /** Where the clusters of a chain lie, up to what {@code bytes} need, a loop or a wrong link. */
  List<Long> chain(long first, long bytes) throws ReadFailedException {
    List<Long> places = new ArrayList<>();
    Set<Long> visited = new HashSet<>();
    long cluster = first;
    while (isCluster(cluster)
        && places.size() < MAX_CHAIN
        && (long) places.size() * clusterBytes < bytes
        && visited.add(cluster)) {
      places.add(startOf(cluster));
      cluster = next(cluster);
    }
    return places;
  }

  /** The same without a table: clusters that follow one another, as exFAT marks them. */
  List<Long> run(long first, long bytes) {
    List<Long> places = new ArrayList<>();
    long cluster = first;
    while (isCluster(cluster)
        && places.size() < MAX_CHAIN
        && (long) places.size() * clusterBytes < bytes) {
      places.add(startOf(cluster));
      cluster++;
    }
    return places;
  }

  private long next(long cluster) throws ReadFailedException {
    if (bits == 12) {
      int pair = region.at(tableStart + cluster + cluster / 2, 2).u16(0);
      return (cluster & 1) == 0 ? pair & 0xFFF : pair >>> 4;
    }
    if (bits == 16) {
      return region.at(tableStart + cluster * 2, 2).u16(0);
    }
    long link = region.at(tableStart + cluster * 4, 4).u32(0);
    return bits == 28 ? link & 0x0FFF_FFFFL : link;
  }
}
