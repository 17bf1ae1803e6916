package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;

/**
 * BitLocker from Windows 7 on, and To Go. Vista's form is seen and not believed: its metadata are
 * another format, and no supported Windows makes it.
 */
final class BitLockerProbe implements Probe {

  private static final int SECTOR = 512;
  private static final int[] GUID = {
    0x3B, 0xD6, 0x67, 0x49, 0x29, 0x2E, 0xD8, 0x4A, 0x83, 0x99, 0xF6, 0xA3, 0x39, 0xE3, 0xD0, 0x01
  };
  private static final int[] GUID_USED_SPACE = {
    0x3B, 0x4D, 0xA8, 0x92, 0x80, 0xDD, 0x0E, 0x4D, 0x9E, 0x4E, 0xB1, 0xE3, 0x28, 0x4E, 0xAE, 0xD8
  };

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    Block boot = region.at(0, SECTOR);
    if (boot.has(3, "-FVE-FS-")) {
      volume(region, boot, Format.BITLOCKER, 160, found);
    } else if (boot.has(3, "MSWIN4.1") && (isGuid(boot, 424, GUID) || usedSpace(boot, 424))) {
      volume(region, boot, Format.BITLOCKER_TO_GO, 424, found);
    }
  }

  private static boolean isGuid(Block boot, int at, int... guid) {
    return boot.hasBytes(at, guid);
  }

  private static boolean usedSpace(Block boot, int at) {
    return isGuid(boot, at, GUID_USED_SPACE);
  }

  private static void volume(Region region, Block boot, Format format, int guidAt, Sightings found)
      throws ReadFailedException {
    List<Reason> doubts = new ArrayList<>();
    List<Span> apart = new ArrayList<>();
    boolean win7 = boot.hasBytes(0, 0xEB, 0x58, 0x90) && boot.u16(510) == 0xAA55;
    if (!win7 || (!isGuid(boot, guidAt, GUID) && !usedSpace(boot, guidAt))) {
      found.container(
          format, 0, List.of(Reason.STRUCTURE_INVALID), Optional.empty(), Optional.empty());
      return;
    }
    if (usedSpace(boot, guidAt)) {
      doubts.add(Reason.USED_SPACE_ONLY);
    }
    List<BitLockerMetadata> copies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long offset = boot.u64(guidAt + 16 + 8 * i);
      BitLockerMetadata.read(region, offset, boot, guidAt + 16)
          .ifPresentOrElse(copies::add, () -> doubts.add(Reason.COPY_DAMAGED));
      apart.add(new Span(offset, offset + BitLockerMetadata.LARGEST));
    }
    apart.add(new Span(0, SECTOR));
    judge(copies, region.length(), doubts);
    found.container(
        format,
        0,
        doubts.stream().distinct().toList(),
        copies.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Payload(new Span(0, region.length()), List.of(), apart, Payload.Looks.RANDOM)),
        fingerprint(copies));
  }

  /** What all copies agree on. */
  private static Optional<ContainerFingerprint> fingerprint(List<BitLockerMetadata> copies) {
    List<ContainerFingerprint> said =
        copies.stream().map(BitLockerMetadata::fingerprint).distinct().toList();
    return said.size() == 1 ? Optional.of(said.get(0)) : Optional.empty();
  }

  private static void judge(List<BitLockerMetadata> copies, long length, List<Reason> doubts) {
    if (copies.isEmpty()) {
      doubts.add(Reason.STRUCTURE_INVALID);
      return;
    }
    if (copies.stream().distinct().count() > 1) {
      doubts.add(Reason.COPIES_DIFFER);
    }
    for (BitLockerMetadata copy : copies) {
      copy.judge(length, doubts);
    }
  }
}
