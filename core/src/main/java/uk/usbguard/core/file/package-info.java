/**
 * Small files on the PC's own disk: their owner's only, replaced as a whole, used by one program at
 * a time. Knows nothing of what is in them.
 */
@NullMarked
package uk.usbguard.core.file;

import org.jspecify.annotations.NullMarked;
