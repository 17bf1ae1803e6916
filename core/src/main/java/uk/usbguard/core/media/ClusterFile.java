package uk.usbguard.core.media;

import java.util.List;

/** A file on FAT or exFAT, put together from its clusters. What no cluster holds reads as zero. */
record ClusterFile(Region volume, int clusterBytes, List<Long> places, long length)
    implements Region {

  ClusterFile {
    places = List.copyOf(places);
  }

  @Override
  public long start() {
    return places.isEmpty() ? volume.start() : volume.start() + places.get(0);
  }

  @Override
  public Block at(long offset, int wanted) throws ReadFailedException {
    byte[] result = new byte[wanted];
    int done = 0;
    while (done < wanted && offset >= 0 && offset + done < length) {
      long position = offset + done;
      int inside = (int) (position % clusterBytes);
      long left = Math.min(wanted - done, length - position);
      int part = (int) Math.min(left, clusterBytes - inside);
      long number = position / clusterBytes;
      if (number < places.size()) {
        Block found = volume.at(places.get((int) number) + inside, part);
        System.arraycopy(found.toArray(), 0, result, done, part);
      }
      done += part;
    }
    return new Block(result);
  }
}
