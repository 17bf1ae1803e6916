package uk.usbguard.core.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.ContainerFingerprint.Kind;
import uk.usbguard.core.error.BugException;

/**
 * One of the two copies of a LUKS2 header whose checksum is right.
 *
 * @param sequence grows with each change
 */
record Luks2Header(long bytes, long sequence, String uuid, String subsystem, Json document) {

  /** The sizes that the format allows; the second copy lies that far in. */
  static final Set<Long> SIZES =
      Set.of(
          0x4000L, 0x8000L, 0x10000L, 0x20000L, 0x40000L, 0x80000L, 0x100000L, 0x200000L,
          0x400000L);

  private static final int BINARY = 4096;
  private static final int CHECKSUM_AT = 448;
  private static final int CHECKSUM_END = 512;
  private static final int DIGEST = 32;

  /** Reads the copy that starts here with the given word; empty if it breaks a rule. */
  static Optional<Luks2Header> read(Region region, long offset, String magic)
      throws ReadFailedException {
    Block start = region.at(offset, BINARY);
    long size = start.u64be(8);
    boolean sane =
        start.has(0, magic)
            && start.u16be(6) == 2
            && SIZES.contains(size)
            && start.u64be(256) == offset
            && start.text(72, 32).equals("sha256")
            && start.isZero(CHECKSUM_AT + DIGEST, CHECKSUM_END);
    if (!sane) {
      return Optional.empty();
    }
    Block all = region.at(offset, (int) size);
    byte[] claimed = start.slice(CHECKSUM_AT, DIGEST);
    if (!MessageDigest.isEqual(claimed, sha256(all.zeroed(CHECKSUM_AT, CHECKSUM_END)))) {
      return Optional.empty();
    }
    return JsonReader.read(json(all))
        .map(
            json ->
                new Luks2Header(
                    size, start.u64be(16), start.text(168, 40), start.text(208, 48), json));
  }

  /** The text between the binary part and the first NUL. */
  private static byte[] json(Block all) {
    int end = BINARY;
    while (end < all.length() && all.u8(end) != 0) {
      end++;
    }
    return all.slice(BINARY, end - BINARY);
  }

  /** A checksum as the format has it; nothing secret and nothing trusted rests on it. */
  private static byte[] sha256(Block block) {
    Provider provider = Security.getProvider("SUN");
    try {
      return MessageDigest.getInstance("SHA-256", provider).digest(block.toArray());
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  /**
   * UUID; of each digest of a volume key that a segment uses, in the order of their numbers: type,
   * hash, iterations, salt, digest. Which slots hold the key is left out: a passphrase changes it.
   */
  Optional<ContainerFingerprint> fingerprint() {
    List<byte[]> facts = new ArrayList<>();
    facts.add(uuid.getBytes(StandardCharsets.ISO_8859_1));
    for (Json digest : new TreeMap<>(document.get("digests").fields()).values()) {
      Optional<byte[]> salt = bytes(digest.get("salt"));
      Optional<byte[]> value = bytes(digest.get("digest"));
      if (salt.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      if (!digest.get("segments").items().isEmpty()) {
        for (String name : List.of("type", "hash", "iterations")) {
          facts.add(digest.get(name).text().getBytes(StandardCharsets.UTF_8));
        }
        facts.add(salt.get());
        facts.add(value.get());
      }
    }
    return facts.size() == 1
        ? Optional.empty()
        : Optional.of(ContainerFingerprint.of(Kind.LUKS2, facts.toArray(byte[][]::new)));
  }

  /** What base64 stands for; a slash may have been written with its escape. */
  private static Optional<byte[]> bytes(Json base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.text().replace("\\/", "/")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where the keys of the slots begin, or nothing if there is no slot. */
  OptionalLong keySlots() {
    return document.get("keyslots").fields().values().stream()
        .mapToLong(slot -> slot.get("area").get("offset").number())
        .min();
  }
}
