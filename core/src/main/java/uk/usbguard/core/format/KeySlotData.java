package uk.usbguard.core.format;

import java.time.Instant;

/**
 * One key slot in use.
 *
 * @param made to the second
 * @param id random; stays with the slot when it changes its number
 * @param publicPart of organisation and recipient slots, kept as it is; empty for the others
 */
public record KeySlotData(
    SlotType type,
    SlotKdf kdf,
    Instant made,
    ByteString id,
    WrappedMasterKey key,
    ByteString publicPart) {

  public KeySlotData {
    Required.that(kdf.fits(type), "the derivation does not fit the type of slot");
    Seconds.require(made);
    Required.that(id.length() == FormatLimits.SLOT_ID_LENGTH, "length of the slot id");
    Required.that(
        type.isPublicKey() || publicPart.length() == 0, "a public part that nobody needs");
    Required.that(
        publicPart.length() <= FormatLimits.MAXIMUM_PUBLIC_PART_LENGTH, "length of public part");
  }
}
