/**
 * Sealed records: the only unit in which content leaves or enters a container. Seals under the
 * epoch of this session, opens under any. Used by container and check.
 */
@NullMarked
package uk.usbguard.core.record;

import org.jspecify.annotations.NullMarked;
