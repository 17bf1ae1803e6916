package uk.usbguard.core.nio;

import java.nio.file.FileSystem;
import java.nio.file.spi.FileSystemProvider;
import uk.usbguard.core.container.Container;

/**
 * File systems over containers. They pass for any other in {@link java.nio.file.Files}; what they
 * do differently:
 *
 * <ul>
 *   <li>Names are compared as the container does, in NFC and without regard to case, and so are
 *       paths: {@code /Ward} and {@code /ward} are equal. {@link java.nio.file.Path#toRealPath}
 *       gives the spelling that is stored.
 *   <li>{@code ..} is taken out of a path before it is looked up; there are no links.
 *   <li>The only attributes are the basic ones; there is no time of last access. The marks
 *       "executable" and "read-only" travel with {@code COPY_ATTRIBUTES} and hold nobody up.
 *   <li>Removing or replacing a file ends the channels that are open on it with {@link
 *       java.nio.file.NoSuchFileException}. When a full medium takes changes back to the last
 *       commit, every open channel ends.
 *   <li>What was written is safe on the medium once {@link java.nio.channels.FileChannel#force} has
 *       returned or the file system was closed.
 *   <li>No watching, no locks, no mapping, no owners.
 * </ul>
 */
public final class ContainerFileSystems {

  /** Name of the setting that opens a container: a {@code Credential}. Required. */
  public static final String CREDENTIAL = "credential";

  /** Name of the setting for time, chance and memory: a {@code ContainerEnvironment}. Required. */
  public static final String ENVIRONMENT = "environment";

  /** Name of the setting for what it is opened for: an {@code OpenMode}, else for writing. */
  public static final String MODE = "mode";

  private ContainerFileSystems() {}

  /**
   * The container as a file system, which takes it over: closing the file system closes every
   * channel and then the container, which commits.
   */
  public static FileSystem of(Container container) {
    return installed().over(container);
  }

  /** The JDK's instance of the provider, so that it finds the file systems of URIs. */
  private static ContainerFileSystemProvider installed() {
    return FileSystemProvider.installedProviders().stream()
        .filter(ContainerFileSystemProvider.class::isInstance)
        .map(ContainerFileSystemProvider.class::cast)
        .findFirst()
        .orElseGet(ContainerFileSystemProvider::new);
  }
}
