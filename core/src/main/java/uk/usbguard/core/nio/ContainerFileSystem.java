package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.error.ContainerException;

/** The file system over one open container, which it owns. */
final class ContainerFileSystem extends FileSystem {

  private final ContainerFileSystemProvider provider;
  private final String authority;
  private final Container container;
  private final Entries entries;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * Takes a container over.
   *
   * @param authority what its URIs call it
   */
  ContainerFileSystem(ContainerFileSystemProvider provider, String authority, Container container) {
    this.provider = provider;
    this.authority = authority;
    this.container = container;
    this.entries = new Entries(container);
  }

  String authority() {
    return authority;
  }

  /**
   * What is in the container.
   *
   * @throws ClosedFileSystemException if this was closed
   */
  Entries entries() {
    if (!open.get()) {
      throw new ClosedFileSystemException();
    }
    return entries;
  }

  @Override
  public ContainerFileSystemProvider provider() {
    return provider;
  }

  /** Closes every channel and stream, then the container, whatever fails on the way. */
  @Override
  public void close() throws IOException {
    if (!open.compareAndSet(true, false)) {
      return;
    }
    provider.forget(this);
    IOException first = closed(entries::close, null);
    first = closed(this::closeContainer, first);
    if (first != null) {
      throw first;
    }
  }

  /** Something to be closed. */
  @FunctionalInterface
  private interface Closing {
    void close() throws IOException;
  }

  private static @Nullable IOException closed(Closing part, @Nullable IOException before) {
    try {
      part.close();
      return before;
    } catch (IOException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }

  private void closeContainer() throws IOException {
    try {
      container.close();
    } catch (ContainerException e) {
      throw Failures.of(e, getSeparator());
    }
  }

  @Override
  public boolean isOpen() {
    return open.get();
  }

  @Override
  public boolean isReadOnly() {
    return !container.isWritable();
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(getPath("/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of(store());
  }

  FileStore store() {
    return new ContainerStore(container.id(), isReadOnly());
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of(BasicAttributes.VIEW);
  }

  @Override
  public EntryPath getPath(String first, String... more) {
    String text =
        Stream.concat(Stream.of(first), Stream.of(more))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(getSeparator()));
    return EntryPath.parse(this, text);
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    return EntryPathMatcher.of(syntaxAndPattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("owners");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("watching");
  }
}
