/**
 * The index: a copy-on-write B+tree from keys to values, read and written through a {@link
 * uk.usbguard.core.index.NodeStore}. Used by container and check.
 */
@NullMarked
package uk.usbguard.core.index;

import org.jspecify.annotations.NullMarked;
