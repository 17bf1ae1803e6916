package uk.usbguard.core.media;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The plain FAT32 file system that BitLocker To Go lays over its first megabytes, so that old
 * systems find a reader program. Its files are a fixed list; the large ones map the ciphertext.
 */
final class ToGoVolume {

  private static final Pattern MAPS = Pattern.compile("(cov|pad) [0-9]{4}\\. (bl|er|pd|ng)");
  private static final Pattern PROGRAM =
      Pattern.compile("autorun\\.inf|bitlockertogo\\.exe|[a-z-]{2,12}_bitlockertogo\\.exe\\.mui");
  private static final Pattern LINK = Pattern.compile("[^.]{1,40}\\.url");
  private static final long LARGEST_PROGRAM = 8L << 20;
  private static final long LARGEST_LINK = 512;
  private static final long LARGEST_AREA = 32L << 20;

  private ToGoVolume() {}

  /** Up to where its programs reach; empty if anything else lies in it. */
  static Optional<Span> area(Region region) throws ReadFailedException {
    Optional<FatVolume> volume = FatVolume.read(region.at(0, 512));
    if (volume.isEmpty()) {
      return Optional.empty();
    }
    Folder root = new FatFolders(region, volume.get()).root();
    long end = volume.get().dataStart();
    for (Node node : root.nodes()) {
      String name = node.name().toLowerCase(Locale.ROOT);
      if (MAPS.matcher(name).matches() && !node.isFolder()) {
        continue;
      }
      long size = node.content().length();
      boolean known =
          (PROGRAM.matcher(name).matches() && size <= LARGEST_PROGRAM)
              || (LINK.matcher(name).matches() && size <= LARGEST_LINK);
      if (node.isFolder() || !known) {
        return Optional.empty();
      }
      end = Math.max(end, node.content().start() - region.start() + size);
    }
    boolean sane = root.complete() && end <= LARGEST_AREA;
    return sane ? Optional.of(new Span(0, end)) : Optional.empty();
  }
}
