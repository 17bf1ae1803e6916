package uk.usbguard.core.format;

import static uk.usbguard.core.error.DamagedContainerException.Part.KEY_AREA;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;

/** The key area, section 2 of the format: header, sixteen slots, MAC and CRC. */
public final class KeyAreaCodec {

  private static final byte[] MAGIC = {'U', 'G', 'C', '\r', '\n', 0x1A, '\n', 0};

  private static final int ORGANISATION_SLOT_REQUIRED = 1;

  private KeyAreaCodec() {}

  /** True if a key area may begin there. */
  public static boolean isMarked(byte[] bytes, int offset) {
    return bytes.length - offset >= MAGIC.length
        && Arrays.equals(bytes, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Header and slots: what the MAC is computed over. */
  public static byte[] encodeMacInput(KeyArea area) {
    ByteBuffer to = ByteBuffer.allocate(FormatLimits.KEY_AREA_MAC_POSITION);
    ContainerFacts container = area.container();
    to.put(MAGIC).putShort((short) FormatLimits.VERSION).put((byte) container.profile().code());
    to.put((byte) 0).putInt(FormatLimits.BLOCK);
    container.id().writeTo(to);
    to.putLong(area.keyGeneration());
    to.putLong(area.masterKeyMade().getEpochSecond());
    to.putLong(container.made().getEpochSecond());
    to.putInt(container.segmentMib());
    to.putShort((short) FormatLimits.KEY_SLOTS).putShort((short) FormatLimits.KEY_SLOT_LENGTH);
    to.putInt(container.organisationSlotRequired() ? ORGANISATION_SLOT_REQUIRED : 0);
    area.slots().forEach((number, slot) -> KeySlotCodec.encode(slot, slotIn(to, number)));
    return to.array();
  }

  /** The whole key area. */
  public static byte[] encode(byte[] macInput, byte[] mac) {
    Required.that(
        macInput.length == FormatLimits.KEY_AREA_MAC_POSITION
            && mac.length == FormatLimits.MAC_LENGTH,
        "length of header and slots, or of the MAC");
    ByteBuffer to = ByteBuffer.allocate(FormatLimits.KEY_AREA_LENGTH);
    to.put(macInput).put(mac);
    to.putInt(crc(to.array()));
    return to.array();
  }

  /**
   * Reads one copy, checks its CRC and every limit of the format, and refuses whatever this version
   * could not write itself.
   *
   * @param copy the number of the anchor area that it stands in
   * @throws NotAContainerException if it does not start like a container
   * @throws UnsupportedFormatException if it is of another version, or names what this does not
   *     know
   * @throws LimitExceededException if a number is beyond what the format allows
   * @throws DamagedContainerException if anything else is wrong
   */
  public static UnverifiedKeyArea decode(byte[] bytes, int copy) throws ContainerException {
    Required.that(bytes.length == FormatLimits.KEY_AREA_LENGTH, "length of the key area");
    ByteBuffer from = ByteBuffer.wrap(bytes);
    byte[] magic = new byte[MAGIC.length];
    from.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new NotAContainerException("the first bytes are another program's");
    }
    int version = Short.toUnsignedInt(from.getShort());
    if (version != FormatLimits.VERSION) {
      throw new UnsupportedFormatException(What.FORMAT_VERSION, version);
    }
    if (from.getInt(FormatLimits.KEY_AREA_CRC_POSITION) != crc(bytes)) {
      throw damaged(copy, FormatLimits.KEY_AREA_CRC_POSITION, "CRC");
    }
    KeyArea claims = header(from, copy, slots(from, copy));
    requireZeros(
        from,
        FormatLimits.KEY_AREA_CRC_POSITION + FormatLimits.CRC_LENGTH,
        FormatLimits.KEY_AREA_LENGTH,
        copy);
    return new UnverifiedKeyArea(copy, claims, ByteString.of(bytes));
  }

  private static KeyArea header(ByteBuffer from, int copy, SortedMap<Integer, KeySlotData> slots)
      throws ContainerException {
    int profileCode = Byte.toUnsignedInt(from.get());
    ProfileId profile =
        ProfileId.of(profileCode)
            .orElseThrow(() -> new UnsupportedFormatException(What.PROFILE, profileCode));
    expect(from.get(), 0, "byte 11", copy);
    expect(from.getInt(), FormatLimits.BLOCK, "block size", copy);
    ContainerId id = ContainerId.readFrom(from);
    long generation =
        within("key generation", from.getLong(), 1, FormatLimits.MAXIMUM_KEY_GENERATION);
    Instant masterKeyMade = Seconds.decode(from.getLong());
    Instant made = Seconds.decode(from.getLong());
    long segmentMib =
        within(
            "segment size in MiB",
            Integer.toUnsignedLong(from.getInt()),
            FormatLimits.MINIMUM_SEGMENT_MIB,
            FormatLimits.MAXIMUM_SEGMENT_MIB);
    expect(from.getShort(), FormatLimits.KEY_SLOTS, "number of slots", copy);
    expect(from.getShort(), FormatLimits.KEY_SLOT_LENGTH, "slot size", copy);
    int flags = from.getInt();
    if ((flags & ~ORGANISATION_SLOT_REQUIRED) != 0) {
      throw new UnsupportedFormatException(What.FLAGS, Integer.toUnsignedLong(flags));
    }
    requireZeros(from, from.position(), FormatLimits.KEY_AREA_HEADER_LENGTH, copy);
    var container = new ContainerFacts(id, profile, made, (int) segmentMib, flags != 0);
    return new KeyArea(container, generation, masterKeyMade, slots);
  }

  private static SortedMap<Integer, KeySlotData> slots(ByteBuffer from, int copy)
      throws ContainerException {
    var slots = new TreeMap<Integer, KeySlotData>();
    for (int number = 0; number < FormatLimits.KEY_SLOTS; number++) {
      ByteBuffer slot = slotIn(from, number);
      if (slot.get(0) != 0) {
        slots.put(number, KeySlotCodec.decode(slot, copy));
      }
      requireZeros(slot, slot.position(), FormatLimits.KEY_SLOT_LENGTH, copy);
    }
    atMost(
        "passphrase slots", KeyArea.passphraseSlots(slots), FormatLimits.MAXIMUM_PASSPHRASE_SLOTS);
    atMost(
        "KiB times passes of all slots",
        KeyArea.argon2TotalKib(slots),
        FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB);
    return slots;
  }

  static long within(String what, long claimed, long minimum, long maximum)
      throws LimitExceededException {
    if (claimed < 0 || claimed > maximum) {
      throw new LimitExceededException(what, claimed, maximum);
    }
    if (claimed < minimum) {
      throw new LimitExceededException(what, claimed, minimum);
    }
    return claimed;
  }

  private static void atMost(String what, long claimed, long maximum)
      throws LimitExceededException {
    within(what, claimed, 0, maximum);
  }

  static void expect(int found, int expected, String what, int copy)
      throws DamagedContainerException {
    if (found != expected) {
      throw damaged(copy, 0, what + " is " + found);
    }
  }

  private static void requireZeros(ByteBuffer from, int start, int end, int copy)
      throws DamagedContainerException {
    for (int i = start; i < end; i++) {
      if (from.get(i) != 0) {
        throw damaged(copy, i, "unused bytes are not zero");
      }
    }
  }

  static DamagedContainerException damaged(int copy, int offset, String detail) {
    long area = FormatLimits.AREA_POSITIONS.get(copy);
    return new DamagedContainerException(KEY_AREA, area + offset, detail);
  }

  private static ByteBuffer slotIn(ByteBuffer area, int number) {
    return area.slice(
        FormatLimits.KEY_AREA_HEADER_LENGTH + number * FormatLimits.KEY_SLOT_LENGTH,
        FormatLimits.KEY_SLOT_LENGTH);
  }

  private static int crc(byte[] area) {
    var crc = new CRC32();
    crc.update(area, 0, FormatLimits.KEY_AREA_CRC_POSITION);
    return (int) crc.getValue();
  }
}
