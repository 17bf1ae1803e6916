/**
 * Reads everything in a container and says what is damaged: by file and byte range where it can.
 * Puts right what can be, in place, or puts a container together from what is left of a stick.
 */
@NullMarked
package uk.usbguard.core.check;

import org.jspecify.annotations.NullMarked;
