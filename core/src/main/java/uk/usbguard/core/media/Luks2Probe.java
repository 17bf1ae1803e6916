package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LUKS2: two copies of a header with a checksum, and a JSON document that says what is where. */
final class Luks2Probe implements Probe {

  private static final String PRIMARY = "LUKS\u00BA\u00BE";
  private static final String SECONDARY = "SKUL\u00BA\u00BE";
  private static final int LARGEST_REST = 4096;
  private static final int MATERIAL = 128 << 10;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    Block start = region.at(0, 8);
    if (start.has(0, PRIMARY) && start.u16be(6) == 2) {
      primary(region, found);
      return;
    }
    for (long offset : Luks2Header.SIZES) {
      if (region.at(offset, 8).has(0, SECONDARY)) {
        second(region, offset, found);
      }
    }
  }

  /** Only the second copy is left: it is the container all the same, and cannot be opened as is. */
  private static void second(Region region, long offset, Sightings found)
      throws ReadFailedException {
    found.container(
        Format.LUKS2,
        offset,
        List.of(Reason.COPY_DAMAGED),
        Optional.empty(),
        Luks2Header.read(region, offset, SECONDARY).flatMap(Luks2Header::fingerprint));
  }

  private static void primary(Region region, Sightings found) throws ReadFailedException {
    Optional<Luks2Header> first = Luks2Header.read(region, 0, PRIMARY);
    if (first.isEmpty()) {
      found.container(
          Format.LUKS2, 0, List.of(Reason.STRUCTURE_INVALID), Optional.empty(), Optional.empty());
      return;
    }
    Luks2Header header = first.get();
    List<Reason> doubts = new ArrayList<>();
    Optional<Luks2Header> second = Luks2Header.read(region, header.bytes(), SECONDARY);
    if (second.isEmpty()) {
      doubts.add(Reason.COPY_DAMAGED);
    } else if (!second.get().equals(header)) {
      doubts.add(Reason.COPIES_DIFFER);
    }
    if (!header.document().get("config").get("requirements").fields().isEmpty()) {
      doubts.add(Reason.CONVERSION_UNDER_WAY);
    }
    Optional<Span> payload = segment(header, region, doubts);
    List<Span> material = keys(header, payload, doubts);
    found.container(
        Format.LUKS2,
        0,
        doubts,
        payload.map(span -> new Payload(span, material, List.of(), Payload.Looks.RANDOM)),
        second.isEmpty() || second.get().fingerprint().equals(header.fingerprint())
            ? header.fingerprint()
            : Optional.empty());
  }

  /** The one segment that there has to be. */
  private static Optional<Span> segment(Luks2Header header, Region region, List<Reason> doubts) {
    var segments = header.document().get("segments").fields().values();
    segments.forEach(segment -> judge(segment, doubts));
    if (segments.size() != 1) {
      doubts.add(segments.isEmpty() ? Reason.STRUCTURE_INVALID : Reason.CONVERSION_UNDER_WAY);
      return Optional.empty();
    }
    Json segment = segments.iterator().next();
    long from = segment.get("offset").number();
    if (from == 0) {
      doubts.add(Reason.DETACHED);
      return Optional.empty();
    }
    if (from < 2 * header.bytes()) {
      doubts.add(Reason.STRUCTURE_INVALID);
      return Optional.empty();
    }
    return span(segment, from, region, doubts);
  }

  private static Optional<Span> span(Json segment, long from, Region region, List<Reason> doubts) {
    boolean dynamic = segment.get("size").text().equals("dynamic");
    long size = dynamic ? region.length() - from : segment.get("size").number();
    if (size <= 0 || from + size > region.length()) {
      doubts.add(Reason.BEYOND_END);
      return Optional.empty();
    }
    if (region.length() - from - size >= LARGEST_REST) {
      doubts.add(Reason.PAYLOAD_SHORT);
    }
    return Optional.of(new Span(from, from + size));
  }

  private static void judge(Json segment, List<Reason> doubts) {
    String type = segment.get("type").text();
    String encryption = segment.get("encryption").text();
    if (type.equals("linear")) {
      add(doubts, Reason.LINEAR_SEGMENT);
    } else if (type.equals("hw-opal")) {
      add(doubts, Reason.FIRMWARE_ONLY);
    } else if (!type.equals("crypt") && !type.equals("hw-opal-crypt")) {
      add(doubts, Reason.STRUCTURE_INVALID);
    } else if (Ciphers.isNull(encryption)) {
      add(doubts, Reason.NULL_CIPHER);
    } else if (!Ciphers.isKnown(encryption)) {
      add(doubts, Reason.CIPHER_UNKNOWN);
    }
    if (!segment.get("flags").items().isEmpty()) {
      add(doubts, Reason.CONVERSION_UNDER_WAY);
    }
  }

  private static void add(List<Reason> doubts, Reason reason) {
    if (!doubts.contains(reason)) {
      doubts.add(reason);
    }
  }

  /** Where the keys of the slots lie: behind both headers, before the payload. */
  private static List<Span> keys(Luks2Header header, Optional<Span> payload, List<Reason> doubts) {
    List<Span> material = new ArrayList<>();
    for (Json slot : header.document().get("keyslots").fields().values()) {
      long from = slot.get("area").get("offset").number();
      long size = slot.get("area").get("size").number();
      boolean inside =
          from >= 2 * header.bytes()
              && size > 0
              && (payload.isEmpty() || from + size <= payload.get().from());
      if (!inside) {
        add(doubts, Reason.STRUCTURE_INVALID);
      } else if (slot.get("type").text().equals("luks2")) {
        long key = slot.get("key_size").number() * slot.get("af").get("stripes").number();
        material.add(new Span(from, from + Math.min(Math.min(size, MATERIAL), Math.max(key, 0))));
      }
    }
    if (material.isEmpty()) {
      doubts.add(Reason.NO_KEY_SLOT);
    }
    return material;
  }
}
