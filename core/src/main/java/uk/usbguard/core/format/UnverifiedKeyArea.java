package uk.usbguard.core.format;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One copy of the key area as it was read: well-formed and within the limits, but anybody could
 * have written it. Its MAC can be checked only by whoever got the master key out of one of its
 * slots, so salts and costs must be used before; nothing else should be.
 */
public final class UnverifiedKeyArea {

  private final int copy;
  private final KeyArea claims;
  private final ByteString bytes;

  UnverifiedKeyArea(int copy, KeyArea claims, ByteString bytes) {
    this.copy = copy;
    this.claims = claims;
    this.bytes = bytes;
  }

  /** Which of the copies it is: the number of its anchor area. */
  public int copy() {
    return copy;
  }

  public ContainerFacts claimedContainer() {
    return claims.container();
  }

  public long claimedKeyGeneration() {
    return claims.keyGeneration();
  }

  public Instant claimedMasterKeyMade() {
    return claims.masterKeyMade();
  }

  public SortedMap<Integer, KeySlotData> claimedSlots() {
    return claims.slots();
  }

  /** Whether both copies are the same byte for byte. */
  public boolean hasSameBytes(UnverifiedKeyArea other) {
    return bytes.equals(other.bytes);
  }

  /** What the MAC has to cover: header and slots. */
  public byte[] macInput() {
    return Arrays.copyOf(bytes.toBytes(), FormatLimits.KEY_AREA_MAC_POSITION);
  }

  /** The key area, if this is the MAC of {@link #macInput()} under the right key. */
  public Optional<KeyArea> verify(byte[] mac) {
    byte[] claimedMac =
        Arrays.copyOfRange(
            bytes.toBytes(),
            FormatLimits.KEY_AREA_MAC_POSITION,
            FormatLimits.KEY_AREA_CRC_POSITION);
    return MessageDigest.isEqual(mac, claimedMac) ? Optional.of(claims) : Optional.empty();
  }
}
