package uk.usbguard.core.media;

/** Looks for one family of structures in a region, wherever they may start in it. */
@FunctionalInterface
interface Probe {

  void look(Region region, Sightings found) throws ReadFailedException;
}
