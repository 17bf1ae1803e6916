package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.time.Instant;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;

/** One key slot in use. Buffers start at the slot; what follows what was read is for the caller. */
final class KeySlotCodec {

  private KeySlotCodec() {}

  static void encode(KeySlotData slot, ByteBuffer to) {
    to.put((byte) slot.type().code()).put((byte) slot.kdf().code()).putShort((short) 0);
    if (slot.kdf() instanceof SlotKdf.Argon2id kdf) {
      to.putInt(kdf.memoryKib()).putInt(kdf.passes()).putInt(kdf.lanes());
    } else if (slot.kdf() instanceof SlotKdf.Pbkdf2 kdf) {
      to.putInt(kdf.iterations()).putInt(0).putInt(0);
    } else {
      to.putInt(0).putInt(0).putInt(0);
    }
    to.putLong(slot.made().getEpochSecond());
    to.put(slot.id().toBytes());
    to.put(slot.key().salt().toBytes());
    to.put(slot.key().checkValue().toBytes());
    to.put(slot.key().wrapped().toBytes());
    to.putShort((short) slot.publicPart().length()).put(slot.publicPart().toBytes());
  }

  /** Reads a slot that is not empty and leaves the buffer behind what it read. */
  static KeySlotData decode(ByteBuffer from, int copy) throws ContainerException {
    int typeCode = Byte.toUnsignedInt(from.get());
    SlotType type =
        SlotType.of(typeCode)
            .orElseThrow(() -> new UnsupportedFormatException(What.SLOT_TYPE, typeCode));
    int kdfCode = Byte.toUnsignedInt(from.get());
    KeyAreaCodec.expect(from.getShort(), 0, "slot byte 2", copy);
    SlotKdf kdf = kdf(kdfCode, from, copy);
    if (!kdf.fits(type)) {
      throw new UnsupportedFormatException(What.KEY_DERIVATION, kdfCode);
    }
    Instant made = Seconds.decode(from.getLong());
    ByteString id = next(from, FormatLimits.SLOT_ID_LENGTH);
    var key =
        new WrappedMasterKey(
            next(from, FormatLimits.SALT_LENGTH),
            next(from, FormatLimits.CHECK_VALUE_LENGTH),
            next(from, FormatLimits.WRAPPED_KEY_LENGTH));
    return new KeySlotData(type, kdf, made, id, key, publicPart(type, from));
  }

  private static SlotKdf kdf(int code, ByteBuffer from, int copy) throws ContainerException {
    long first = Integer.toUnsignedLong(from.getInt());
    long second = Integer.toUnsignedLong(from.getInt());
    long third = Integer.toUnsignedLong(from.getInt());
    if (code == SlotKdf.Argon2id.CODE) {
      return argon2id(first, second, third);
    }
    KeyAreaCodec.expect(second == 0 && third == 0 ? 0 : 1, 0, "unused costs", copy);
    if (code == SlotKdf.Pbkdf2.CODE) {
      return new SlotKdf.Pbkdf2(
          (int)
              KeyAreaCodec.within(
                  "PBKDF2 iterations",
                  first,
                  FormatLimits.MINIMUM_PBKDF2_ITERATIONS,
                  FormatLimits.MAXIMUM_PBKDF2_ITERATIONS));
    }
    KeyAreaCodec.expect(first == 0 ? 0 : 1, 0, "unused costs", copy);
    if (code == SlotKdf.Hkdf.CODE) {
      return new SlotKdf.Hkdf();
    }
    if (code == SlotKdf.PublicKey.CODE) {
      return new SlotKdf.PublicKey();
    }
    throw new UnsupportedFormatException(What.KEY_DERIVATION, code);
  }

  private static SlotKdf argon2id(long memoryKib, long passes, long lanes)
      throws LimitExceededException {
    KeyAreaCodec.within(
        "Argon2id memory in KiB",
        memoryKib,
        FormatLimits.MINIMUM_ARGON2_MEMORY_KIB,
        FormatLimits.MAXIMUM_ARGON2_MEMORY_KIB);
    KeyAreaCodec.within(
        "Argon2id passes",
        passes,
        FormatLimits.MINIMUM_ARGON2_PASSES,
        FormatLimits.MAXIMUM_ARGON2_PASSES);
    KeyAreaCodec.within(
        "Argon2id lanes",
        lanes,
        FormatLimits.MINIMUM_ARGON2_LANES,
        FormatLimits.MAXIMUM_ARGON2_LANES);
    return new SlotKdf.Argon2id((int) memoryKib, (int) passes, (int) lanes);
  }

  private static ByteString publicPart(SlotType type, ByteBuffer from)
      throws LimitExceededException {
    int length = Short.toUnsignedInt(from.getShort());
    int longest = type.isPublicKey() ? FormatLimits.MAXIMUM_PUBLIC_PART_LENGTH : 0;
    KeyAreaCodec.within("length of the public part", length, 0, longest);
    return next(from, length);
  }

  private static ByteString next(ByteBuffer from, int length) {
    return ByteString.of(FixedBytes.next(from, length));
  }
}
