/**
 * Sealing, key derivation, key wrap and random numbers, behind one profile object that a process
 * makes once. Everything here is a named, published algorithm from the JDK or from Bouncy Castle's
 * lightweight classes; no initialisation vector ever comes from a caller. Knows nothing of the
 * container format; used by keyslot, record, container, audit and bundle.
 */
@NullMarked
package uk.usbguard.core.crypto;

import org.jspecify.annotations.NullMarked;
