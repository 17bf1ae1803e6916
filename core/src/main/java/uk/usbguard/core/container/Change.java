package uk.usbguard.core.container;

import java.io.IOException;
import uk.usbguard.core.error.ContainerException;

/** Something that changes a container, wholly or not at all. */
@FunctionalInterface
interface Change<T> {
  T change() throws IOException, ContainerException;
}
