package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Key areas for tests, with keys that open nothing. */
public final class KeyAreaSamples {

  public static final ContainerId ID = ContainerId.of(bytes(16, 0xA0));
  public static final Instant MADE = Instant.ofEpochSecond(1_790_000_000);

  private KeyAreaSamples() {}

  /** One slot of every type and derivation, with gaps between them. */
  public static KeyArea everyKindOfSlot() {
    var slots = new TreeMap<Integer, KeySlotData>();
    slots.put(0, slot(SlotType.PASSPHRASE, new SlotKdf.Argon2id(65_536, 3, 4), 1, 0));
    slots.put(2, slot(SlotType.PASSPHRASE, new SlotKdf.Pbkdf2(600_000), 2, 0));
    slots.put(3, slot(SlotType.RECOVERY, new SlotKdf.Hkdf(), 3, 0));
    slots.put(9, slot(SlotType.ORGANISATION, new SlotKdf.PublicKey(), 4, 131));
    slots.put(15, slot(SlotType.RECIPIENT, new SlotKdf.PublicKey(), 5, 848));
    return area(slots);
  }

  public static KeyArea area(SortedMap<Integer, KeySlotData> slots) {
    var container = new ContainerFacts(ID, ProfileId.STANDARD, MADE, 4095, true);
    return new KeyArea(container, 7, MADE.plusSeconds(60), slots);
  }

  public static KeySlotData slot(SlotType type, SlotKdf kdf, int seed, int publicPartLength) {
    return new KeySlotData(
        type,
        kdf,
        MADE,
        ByteString.of(bytes(16, seed)),
        new WrappedMasterKey(
            ByteString.of(bytes(32, seed + 50)),
            ByteString.of(bytes(32, seed + 100)),
            ByteString.of(bytes(40, seed + 150))),
        ByteString.of(bytes(publicPartLength, seed + 200)));
  }

  /** The sample as bytes, under a MAC that is none. */
  public static byte[] encoded(KeyArea area) {
    return KeyAreaCodec.encode(KeyAreaCodec.encodeMacInput(area), bytes(32, 77));
  }

  /** Makes the CRC right again after a change. */
  public static byte[] withCrc(byte[] area) {
    var crc = new CRC32();
    crc.update(area, 0, 20_512);
    ByteBuffer.wrap(area).putInt(20_512, (int) crc.getValue());
    return area;
  }

  public static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
