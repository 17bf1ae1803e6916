package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.ContainerFingerprint.Kind;

/**
 * One of the three copies of BitLocker's metadata.
 *
 * @param encryptedBytes how much of the volume is encrypted
 * @param volume identifier of the volume, made when it was encrypted
 * @param protections how each copy of the volume master key is protected
 */
record BitLockerMetadata(
    int state,
    int nextState,
    long encryptedBytes,
    String volume,
    int method,
    List<Integer> protections) {

  /** A metadata block with all that belongs to it. */
  static final int LARGEST = 64 << 10;

  private static final int HEADER_AT = 64;
  private static final int HEADER = 48;
  private static final int ENCRYPTED = 4;
  private static final int ENTRY_VMK = 2;
  private static final int VALUE_VMK = 8;
  private static final int CLEAR = 0;
  private static final int FIRST_METHOD = 0x8000;
  private static final int LAST_METHOD = 0x8005;

  /** The volume may be shorter than its partition by a rest that no cluster fits in. */
  private static final long LARGEST_REST = 1 << 20;

  BitLockerMetadata {
    protections = List.copyOf(protections);
  }

  /** Reads it; empty if it breaks a rule or claims another place than where it lies. */
  static Optional<BitLockerMetadata> read(Region region, long offset, Block boot, int offsetsAt)
      throws ReadFailedException {
    if (offset < 512 || offset > region.length() - LARGEST) {
      return Optional.empty();
    }
    Block block = region.at(offset, LARGEST);
    long size = block.u32(HEADER_AT);
    boolean sane =
        block.has(0, "-FVE-FS-")
            && block.u16(10) == 2
            && block.u64(32) == boot.u64(offsetsAt)
            && block.u64(40) == boot.u64(offsetsAt + 8)
            && block.u64(48) == boot.u64(offsetsAt + 16)
            && size >= HEADER
            && size <= LARGEST - HEADER_AT
            && block.u32(HEADER_AT + 4) == 1
            && block.u32(HEADER_AT + 8) == HEADER
            && block.u32(HEADER_AT + 12) == size;
    if (!sane) {
      return Optional.empty();
    }
    return protections(block, HEADER_AT + (int) size)
        .map(
            found ->
                new BitLockerMetadata(
                    block.u16(12),
                    block.u16(14),
                    block.u64(16),
                    HexFormat.of().formatHex(block.slice(HEADER_AT + 16, 16)),
                    block.u16(100),
                    found));
  }

  /** Walks the entries; empty if one is shorter than its own header or runs over the end. */
  private static Optional<List<Integer>> protections(Block block, int end) {
    List<Integer> found = new ArrayList<>();
    int at = HEADER_AT + HEADER;
    while (end - at >= 8 && block.u16(at) != 0) {
      int length = block.u16(at);
      if (length < 8 || at + length > end) {
        return Optional.empty();
      }
      if (block.u16(at + 2) == ENTRY_VMK && block.u16(at + 4) == VALUE_VMK) {
        found.add(block.u16(at + 8 + 26));
      }
      at += length;
    }
    return Optional.of(found);
  }

  /** Identifier and method. Protectors are left out: a new passphrase is a new one. */
  ContainerFingerprint fingerprint() {
    return ContainerFingerprint.of(
        Kind.BITLOCKER,
        HexFormat.of().parseHex(volume),
        new byte[] {(byte) (method >> 8), (byte) method});
  }

  /** Adds why a volume of this length is not proven to be encrypted. */
  void judge(long volumeBytes, List<Reason> doubts) {
    if (protections.contains(CLEAR)) {
      doubts.add(Reason.CLEAR_KEY);
    }
    if (protections.isEmpty()) {
      doubts.add(Reason.NO_KEY_SLOT);
    }
    if (method < FIRST_METHOD || method > LAST_METHOD) {
      doubts.add(Reason.CIPHER_UNKNOWN);
    }
    boolean whole = encryptedBytes >= volumeBytes - LARGEST_REST;
    if (state != ENCRYPTED || nextState != ENCRYPTED || !whole) {
      doubts.add(Reason.CONVERSION_UNDER_WAY);
    }
  }
}
