/**
 * The tray application for staff. Knows core's façades and the platform, never the command line.
 */
@NullMarked
package uk.usbguard.ui;

import org.jspecify.annotations.NullMarked;
