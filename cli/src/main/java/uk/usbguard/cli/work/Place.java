package uk.usbguard.cli.work;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.ContainerPath;

/**
 * A folder of the container that the writer has settled on. Written and read by the writer only.
 */
final class Place {

  private @Nullable ContainerPath path;

  /** A folder that is there already. */
  static Place at(ContainerPath path) {
    Place place = new Place();
    place.settle(path);
    return place;
  }

  void settle(ContainerPath settled) {
    path = settled;
  }

  /** Null if the folder could not be made: what is in it cannot be stored then. */
  @Nullable ContainerPath path() {
    return path;
  }
}
