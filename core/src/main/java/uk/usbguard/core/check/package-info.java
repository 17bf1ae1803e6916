/**
 * Reads everything in a container and says what is damaged: by file and byte range where it can.
 */
@NullMarked
package uk.usbguard.core.check;

import org.jspecify.annotations.NullMarked;
