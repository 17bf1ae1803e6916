package uk.usbguard.core.keyslot;

import uk.usbguard.core.format.ByteString;
import uk.usbguard.core.format.KeyArea;

/**
 * A key area ready to be written, the same bytes in every copy.
 *
 * @param slot the number of the slot that was added, replaced or removed
 * @param bytes with MAC and CRC
 */
public record SealedKeyArea(KeyArea area, int slot, ByteString bytes) {}
