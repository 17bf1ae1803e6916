package uk.usbguard.core.container;

import java.io.IOException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.index.Index;

/** Something that reads the index of a container. */
@FunctionalInterface
interface Reading<T> {
  T read(Index index) throws IOException, ContainerException;
}
