/**
 * Rules for devices: what a policy file says, what follows from it for the facts of one moment, and
 * how that is explained. Pure: no clock, no files, no keys; the same facts always give the same
 * decision. May be imported from outside core.
 */
@NullMarked
package uk.usbguard.core.policy;

import org.jspecify.annotations.NullMarked;
