package uk.usbguard.core.nio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.error.ContainerException;

/**
 * Makes containers usable through {@link java.nio.file.Files}. The JDK finds it as a service; what
 * the settings of a new file system are called stands in {@link ContainerFileSystems}. A secret is
 * never taken as text.
 */
public final class ContainerFileSystemProvider extends FileSystemProvider {

  static final String SCHEME = "usbguard";

  /** Those that are open, by what their URIs call them. */
  private final Map<String, ContainerFileSystem> open = new ConcurrentHashMap<>();

  /** For the JDK, which makes one. */
  public ContainerFileSystemProvider() {}

  @Override
  public String getScheme() {
    return SCHEME;
  }

  // ---- file systems

  /** The file system over an open container, under a name that no other has. */
  FileSystem over(Container container) {
    String id = container.id();
    for (int number = 1; ; number++) {
      String authority = number == 1 ? id : id + "-" + number;
      ContainerFileSystem made = new ContainerFileSystem(this, authority, container);
      if (open.putIfAbsent(authority, made) == null) {
        return made;
      }
    }
  }

  void forget(ContainerFileSystem fileSystem) {
    open.remove(fileSystem.authority(), fileSystem);
  }

  /** Opens the container of a URI like {@code usbguard:file:///media/stick/ward-7.ugc}. */
  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) throws IOException {
    requireScheme(uri);
    if (!uri.isOpaque()) {
      throw new IllegalArgumentException("not a container's URI behind " + SCHEME + ":");
    }
    if (!(settings.get(ContainerFileSystems.CREDENTIAL) instanceof Credential)) {
      throw new IllegalArgumentException("no " + ContainerFileSystems.CREDENTIAL);
    }
    return newFileSystem(Path.of(URI.create(uri.getRawSchemeSpecificPart())), settings);
  }

  /** {@inheritDoc} Without a credential it is not for this provider. */
  @Override
  public FileSystem newFileSystem(Path path, Map<String, ?> settings) throws IOException {
    if (!(settings.get(ContainerFileSystems.CREDENTIAL) instanceof Credential credential)) {
      throw new UnsupportedOperationException("no " + ContainerFileSystems.CREDENTIAL);
    }
    if (!(settings.get(ContainerFileSystems.ENVIRONMENT) instanceof ContainerEnvironment world)) {
      throw new IllegalArgumentException("no " + ContainerFileSystems.ENVIRONMENT);
    }
    OpenMode mode =
        settings.get(ContainerFileSystems.MODE) instanceof OpenMode wanted
            ? wanted
            : OpenMode.READ_WRITE;
    try {
      return over(Containers.open(path, credential, mode, world));
    } catch (ContainerException e) {
      throw Failures.of(e, path.toString());
    }
  }

  private static void requireScheme(URI uri) {
    if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("scheme is not " + SCHEME);
    }
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    requireScheme(uri);
    ContainerFileSystem found = uri.getAuthority() == null ? null : open.get(uri.getAuthority());
    if (found == null) {
      throw new FileSystemNotFoundException(uri.toString());
    }
    return found;
  }

  @Override
  public Path getPath(URI uri) {
    return getFileSystem(uri).getPath(uri.getPath());
  }

  private static Entries entries(Path path) {
    return EntryPath.of(path).getFileSystem().entries();
  }

  // ---- files

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    ChannelOptions chosen = ChannelOptions.of(options);
    requireNone(attributes);
    Entries entries = entries(path);
    return entries.files().open(EntryPath.of(path), chosen, entries);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  /** {@inheritDoc} It reads ahead, because a file is sealed in pieces of 64 KiB. */
  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    return new BufferedInputStream(super.newInputStream(path, options), 65_536);
  }

  private static void requireNone(FileAttribute<?>[] attributes) {
    if (attributes.length > 0) {
      throw new UnsupportedOperationException("attributes at creation");
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return entries(folder).list(EntryPath.of(folder), filter);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    requireNone(attributes);
    entries(folder).makeFolder(EntryPath.of(folder));
  }

  @Override
  public void delete(Path path) throws IOException {
    entries(path).delete(EntryPath.of(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Set<CopyOption> chosen = requireKnown(options);
    if (chosen.contains(StandardCopyOption.ATOMIC_MOVE)) {
      throw new UnsupportedOperationException("ATOMIC_MOVE");
    }
    EntryPath from = EntryPath.of(source);
    EntryPath to = EntryPath.of(target);
    if (isSameEntry(from, to)) {
      return;
    }
    entries(target)
        .copy(
            from,
            to,
            chosen.contains(StandardCopyOption.REPLACE_EXISTING),
            chosen.contains(StandardCopyOption.COPY_ATTRIBUTES));
  }

  /** Moves in one step, ATOMIC_MOVE or not, if source and target are in one container. */
  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Set<CopyOption> chosen = requireKnown(options);
    EntryPath from = EntryPath.of(source);
    EntryPath to = EntryPath.of(target);
    boolean atomic = chosen.contains(StandardCopyOption.ATOMIC_MOVE);
    boolean replace = atomic || chosen.contains(StandardCopyOption.REPLACE_EXISTING);
    if (isSameEntry(from, to)) {
      return;
    }
    if (from.getFileSystem() == to.getFileSystem()) {
      entries(target).move(from, to, replace ? PutMode.REPLACE : PutMode.CREATE);
    } else if (atomic) {
      throw new AtomicMoveNotSupportedException(
          source.toString(), target.toString(), "into another container");
    } else {
      entries(source).moveTo(entries(target), from, to, replace);
    }
  }

  private static Set<CopyOption> requireKnown(CopyOption... options) {
    for (CopyOption option : options) {
      if (!(option instanceof StandardCopyOption) && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException("copy option");
      }
    }
    return Set.of(options);
  }

  /** True if the source is there and the target leads to it as well. */
  private static boolean isSameEntry(EntryPath source, EntryPath target) throws IOException {
    return source.getFileSystem() == target.getFileSystem()
        && entries(source).require(source).id()
            == entries(target).find(target).map(e -> e.id()).orElse(-1L);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    if (path.equals(other)) {
      return true;
    }
    if (!(other instanceof EntryPath to) || to.getFileSystem() != path.getFileSystem()) {
      return false;
    }
    EntryPath from = EntryPath.of(path);
    return entries(from).require(from).id() == entries(to).require(to).id();
  }

  /** {@inheritDoc} By its name, as on Unix. */
  @Override
  public boolean isHidden(Path path) throws IOException {
    entries(path).require(EntryPath.of(path));
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    entries(path).require(EntryPath.of(path));
    return EntryPath.of(path).getFileSystem().store();
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    entries(path).checkAccess(EntryPath.of(path), modes);
  }

  // ---- attributes

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    EntryPath mine = EntryPath.of(path);
    return type == BasicFileAttributeView.class ? type.cast(new BasicView(mine)) : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class) {
      throw new UnsupportedOperationException("attributes that are not basic");
    }
    return type.cast(entries(path).attributes(EntryPath.of(path)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return entries(path).attributes(EntryPath.of(path)).select(withoutView(names));
  }

  @Override
  public void setAttribute(Path path, String name, @Nullable Object value, LinkOption... options)
      throws IOException {
    new BasicView(EntryPath.of(path)).set(withoutView(name), value);
  }

  private static String withoutView(String names) {
    int colon = names.indexOf(':');
    if (colon >= 0 && !names.substring(0, colon).equals(BasicAttributes.VIEW)) {
      throw new UnsupportedOperationException("attributes that are not basic");
    }
    return names.substring(colon + 1);
  }
}
