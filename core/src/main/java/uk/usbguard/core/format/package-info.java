/**
 * Bytes of the container format to values and back, as in docs/format.md. Pure: no files, no keys,
 * no clock. What was read but not verified has getters that say {@code claimed}; every number is
 * capped before anything is computed from it. Whatever decodes encodes to the same bytes.
 */
@NullMarked
package uk.usbguard.core.format;

import org.jspecify.annotations.NullMarked;
