package uk.usbguard.core.media;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.ContainerFingerprint.Kind;

/**
 * An APFS container: encrypted only if its flags say so, a key bag is there, and each of its
 * volumes, found through the object map, says that it is not plain.
 */
final class ApfsProbe implements Probe {

  private static final long CRYPTO_SOFTWARE = 0x4;
  private static final long VOLUME_PLAIN = 0x1;
  private static final int MAX_VOLUMES = 100;
  private static final int MAX_CHECKPOINTS = 512;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    Block start = region.at(0, 4096);
    long size = start.u32(36);
    if (!start.has(32, "NXSB")) {
      return;
    }
    if (!Block.isPower(size, 4096, 65_536)) {
      found.damaged(Format.APFS, 0);
      return;
    }
    Block first = region.at(0, (int) size);
    if (!ApfsObjects.isSound(first)) {
      found.damaged(Format.APFS, 0);
      return;
    }
    Block latest = latest(region, first, (int) size);
    boolean claims = (latest.u64(1264) & CRYPTO_SOFTWARE) != 0 && latest.u64(1296) != 0;
    if (!claims) {
      found.sound(Format.APFS, 0);
      return;
    }
    volumes(region, latest, (int) size, found);
  }

  /** The newest sound copy among the checkpoints: the one at the start may be old. */
  private static Block latest(Region region, Block first, int size) throws ReadFailedException {
    Block latest = first;
    long blocks = first.u32(104);
    for (long i = 0; i < Math.min(blocks, MAX_CHECKPOINTS); i++) {
      Block copy = region.at(product(first.u64(112) + i, size), size);
      boolean newer = copy.has(32, "NXSB") && copy.u64(16) > latest.u64(16);
      if (newer && copy.u32(36) == size && ApfsObjects.isSound(copy)) {
        latest = copy;
      }
    }
    return latest;
  }

  private static void volumes(Region region, Block superblock, int size, Sightings found)
      throws ReadFailedException {
    ApfsObjects objects = ApfsObjects.read(region, size, superblock.u64(160));
    int seen = 0;
    boolean resolved = true;
    for (int i = 0; i < MAX_VOLUMES; i++) {
      long id = superblock.u64(184 + 8 * i);
      if (id == 0) {
        continue;
      }
      seen++;
      OptionalLong block = objects.blockOf(id);
      Block volume =
          block.isPresent()
              ? region.at(product(block.getAsLong(), size), size)
              : new Block(new byte[0]);
      if (!volume.has(32, "APSB") || !ApfsObjects.isSound(volume)) {
        resolved = false;
      } else if ((volume.u64(264) & VOLUME_PLAIN) != 0) {
        found.sound(Format.APFS, product(block.getAsLong(), size));
      }
    }
    Payload payload =
        new Payload(new Span(0, region.length()), List.of(), List.of(), Payload.Looks.MIXED);
    List<Reason> doubts = resolved && seen > 0 ? List.of() : List.of(Reason.VOLUMES_UNRESOLVED);
    found.container(
        Format.APFS_ENCRYPTED,
        0,
        doubts,
        Optional.of(payload),
        Optional.of(ContainerFingerprint.of(Kind.APFS, superblock.slice(72, 16))));
  }

  /** A place on the medium; -1, where nothing lies, if the number of the block is absurd. */
  private static long product(long block, int size) {
    return block < 0 || block > Long.MAX_VALUE / size ? -1 : block * size;
  }
}
