/**
 * Bytes on a medium: the port {@link uk.usbguard.core.io.BlockFile}, its real file, and the row of
 * files that a container is. Knows nothing of formats or keys.
 */
@NullMarked
package uk.usbguard.core.io;

import org.jspecify.annotations.NullMarked;
