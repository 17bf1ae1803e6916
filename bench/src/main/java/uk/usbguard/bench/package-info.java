/** Measurements. Never shipped. */
@NullMarked
package uk.usbguard.bench;

import org.jspecify.annotations.NullMarked;
