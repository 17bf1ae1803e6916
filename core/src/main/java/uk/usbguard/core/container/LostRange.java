package uk.usbguard.core.container;

import uk.usbguard.core.format.Key;

/**
 * A part of the index, from a key on and below another one, of which nobody knows what was there.
 */
record LostRange(Key from, Key to) {

  boolean holds(Key key) {
    return from.compareTo(key) <= 0 && key.compareTo(to) < 0;
  }
}
