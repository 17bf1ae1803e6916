/**
 * Bytes to values and back, as docs/format.md says: pure, without I/O and without keys. Decoding
 * refuses what encoding would not have written; every length and count is checked before memory is
 * taken for it.
 */
@NullMarked
package uk.usbguard.core.format;

import org.jspecify.annotations.NullMarked;
