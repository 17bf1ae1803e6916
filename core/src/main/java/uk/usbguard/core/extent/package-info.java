/**
 * Batches: where they may lie, how they are built, written and verified. Used by container and
 * check.
 */
@NullMarked
package uk.usbguard.core.extent;

import org.jspecify.annotations.NullMarked;
