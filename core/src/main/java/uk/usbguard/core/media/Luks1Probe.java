package uk.usbguard.core.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.ContainerFingerprint.Kind;

/** LUKS1: a header without a checksum, so all its rules are held against each other. */
final class Luks1Probe implements Probe {

  private static final int HEADER = 592;
  private static final int SLOTS_AT = 208;
  private static final int SLOTS = 8;
  private static final int SLOT = 48;
  private static final long ACTIVE = 0x00AC71F3L;
  private static final long INACTIVE = 0x0000DEADL;
  private static final int STRIPES = 4000;
  private static final int MAX_KEY = 512;
  private static final int SECTOR = 512;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    Block header = region.at(0, HEADER);
    if (!header.has(0, "LUKS\u00BA\u00BE") || header.u16be(6) == 2) {
      return;
    }
    List<Reason> doubts = new ArrayList<>();
    long payload = header.u32be(104) * SECTOR;
    long keyBytes = header.u32be(108);
    cipher(header, doubts);
    List<Span> material = new ArrayList<>();
    boolean sane =
        header.u16be(6) == 1
            && keyBytes >= 16
            && keyBytes <= MAX_KEY
            && header.u32be(164) > 0
            && !header.isZero(132, 164)
            && slots(header, keyBytes, payload, material);
    if (!sane) {
      doubts.add(Reason.STRUCTURE_INVALID);
    } else if (material.isEmpty()) {
      doubts.add(Reason.NO_KEY_SLOT);
    }
    if (payload == 0) {
      doubts.add(Reason.DETACHED);
    } else if (payload >= region.length()) {
      doubts.add(Reason.BEYOND_END);
    }
    boolean covers = payload > 0 && payload < region.length();
    found.container(
        Format.LUKS1,
        0,
        doubts,
        covers
            ? Optional.of(
                new Payload(
                    new Span(payload, region.length()), material, List.of(), Payload.Looks.RANDOM))
            : Optional.empty(),
        sane ? Optional.of(fingerprint(header)) : Optional.empty());
  }

  /**
   * UUID; digest of the volume key, its salt and its iterations. The slots change, these do not.
   */
  private static ContainerFingerprint fingerprint(Block header) {
    return ContainerFingerprint.of(
        Kind.LUKS1,
        header.text(168, 40).getBytes(StandardCharsets.ISO_8859_1),
        header.slice(112, 20),
        header.slice(132, 32),
        header.slice(164, 4));
  }

  private static void cipher(Block header, List<Reason> doubts) {
    String cipher = header.text(8, 32);
    if (Ciphers.isNull(cipher)) {
      doubts.add(Reason.NULL_CIPHER);
    } else if (!Ciphers.isKnown(cipher + "-" + header.text(40, 32))
        || !Ciphers.isHash(header.text(72, 32))) {
      doubts.add(Reason.CIPHER_UNKNOWN);
    }
  }

  /** Whether all slots keep the rules; collects where the active ones have their keys. */
  private static boolean slots(Block header, long keyBytes, long payload, List<Span> material) {
    for (int i = 0; i < SLOTS; i++) {
      int at = SLOTS_AT + i * SLOT;
      long state = header.u32be(at);
      if (header.u32be(at + 44) != STRIPES || (state != ACTIVE && state != INACTIVE)) {
        return false;
      }
      if (state == ACTIVE) {
        long from = header.u32be(at + 40) * SECTOR;
        Span key = new Span(from, from + keyBytes * STRIPES);
        boolean inside = from >= HEADER && (payload == 0 || key.to() <= payload);
        if (!inside || header.u32be(at + 4) == 0 || header.isZero(at + 8, at + 40)) {
          return false;
        }
        material.add(key);
      }
    }
    return true;
  }
}
