/**
 * Adapters for one operating system each. An OS package knows no other; the front ends ask here
 * which one this machine is.
 */
@NullMarked
package uk.usbguard.platform;

import org.jspecify.annotations.NullMarked;
