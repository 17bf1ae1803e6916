/**
 * What a USB device says it is, and how far that can be believed. Values only: nothing here touches
 * a bus. May be imported from outside core.
 */
@NullMarked
package uk.usbguard.core.device;

import org.jspecify.annotations.NullMarked;
