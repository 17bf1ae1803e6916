/**
 * Key slots: each wraps the container's master key under one passphrase or recovery key. Opens the
 * key area, and makes the next one when a slot is added, replaced or removed; writing it is left to
 * the container package, which alone may use this one.
 */
@NullMarked
package uk.usbguard.core.keyslot;

import org.jspecify.annotations.NullMarked;
