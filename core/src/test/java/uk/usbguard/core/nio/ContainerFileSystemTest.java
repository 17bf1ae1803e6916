package uk.usbguard.core.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.secret.Passphrase;

/** What is the container's own about its file system, and where it differs from others. */
class ContainerFileSystemTest {

  private final ContainerFileSystemProvider provider = new ContainerFileSystemProvider();
  private Path medium;
  private Path file;
  private Container container;
  private FileSystem fs;

  @BeforeEach
  void make() throws Exception {
    medium = World.medium();
    file = medium.resolve("stick.ugc");
    container = World.container(file);
    fs = provider.over(container);
  }

  @AfterEach
  void close() throws Exception {
    fs.close();
  }

  private FileSystem open(OpenMode mode) throws Exception {
    try (Passphrase passphrase = World.passphrase()) {
      return FileSystems.newFileSystem(
          file, settings(passphrase, mode), ContainerFileSystemTest.class.getClassLoader());
    }
  }

  private static Map<String, Object> settings(Passphrase passphrase, OpenMode mode) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("credential", Credential.of(passphrase));
    settings.put("environment", World.environment());
    settings.put("mode", mode);
    return settings;
  }

  // ---- opening and closing

  @Test
  @DisplayName(
      "ENC-02: closing takes the container along, and what was written is there afterwards")
  void closesTheContainer() throws Exception {
    Files.writeString(fs.getPath("/note"), "seen today");
    fs.close();
    fs.close();
    assertThatThrownBy(container::commit).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Files.exists(fs.getPath("/note")))
        .isInstanceOf(ClosedFileSystemException.class);
    try (FileSystem again = open(OpenMode.READ_ONLY)) {
      assertThat(Files.readString(again.getPath("note"))).isEqualTo("seen today");
    }
  }

  @Test
  @DisplayName("ENC-03: what was forced is on the medium before anything is closed")
  void forces() throws Exception {
    Path note = fs.getPath("/note");
    try (FileChannel channel =
        FileChannel.open(note, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      channel.write(ByteBuffer.wrap("safe".getBytes(UTF_8)));
      channel.force(false);
      Path copy = Files.copy(file, medium.resolve("pulled.ugc"));
      try (Passphrase passphrase = World.passphrase();
          Container pulled =
              Containers.open(
                  copy, Credential.of(passphrase), OpenMode.READ_ONLY, World.environment())) {
        assertThat(pulled.openFile(ContainerPath.parse("note")).size()).isEqualTo(4);
      }
    }
  }

  @Test
  @DisplayName("ENC-02: one opened for reading changes nothing")
  void isReadOnly() throws Exception {
    Files.writeString(fs.getPath("/note"), "x");
    Files.createDirectory(fs.getPath("/d"));
    fs.close();
    try (FileSystem reader = open(OpenMode.READ_ONLY)) {
      Path note = reader.getPath("/note");
      assertThat(reader.isReadOnly()).isTrue();
      assertThat(Files.getFileStore(note).isReadOnly()).isTrue();
      assertThat(Files.isWritable(note)).isFalse();
      assertThat(Files.readString(note)).isEqualTo("x");
      assertRefused(() -> Files.writeString(note, "y"));
      assertRefused(() -> Files.writeString(note, "y", StandardOpenOption.CREATE_NEW));
      assertRefused(() -> Files.delete(note));
      assertRefused(() -> Files.createDirectory(reader.getPath("/e")));
      assertRefused(() -> Files.move(note, reader.getPath("/other")));
      assertRefused(() -> Files.copy(note, reader.getPath("/other")));
      assertRefused(() -> Files.setLastModifiedTime(note, FileTime.fromMillis(0)));
      try (FileChannel channel = FileChannel.open(note)) {
        channel.force(true); // nothing to do, and no reason to fail
      }
    }
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(ReadOnlyFileSystemException.class);
  }

  // ---- the provider

  @Test
  @DisplayName("ENC-02: the JDK finds the provider as a service")
  void isAService() {
    assertThat(ServiceLoader.load(FileSystemProvider.class))
        .anySatisfy(provider -> assertThat(provider.getScheme()).isEqualTo("usbguard"));
  }

  @Test
  @DisplayName("ENC-07: a wrong passphrase is an IOException whose cause says so")
  void tellsAWrongPassphrase() throws Exception {
    fs.close();
    try (Passphrase wrong = Passphrase.of("another horse battery staple".toCharArray())) {
      assertThatThrownBy(() -> provider.newFileSystem(file, settings(wrong, OpenMode.READ_ONLY)))
          .isInstanceOf(FileSystemException.class)
          .hasCauseInstanceOf(WrongKeyException.class);
    }
  }

  @Test
  @DisplayName(
      "ENC-02: without a credential a file is left to other providers; text is no credential")
  void needsACredential() {
    assertThatThrownBy(() -> provider.newFileSystem(file, Map.of()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> provider.newFileSystem(file, Map.of("credential", "secret")))
        .isInstanceOf(UnsupportedOperationException.class);
    URI uri = URI.create("usbguard:file:///stick.ugc");
    assertThatThrownBy(() -> provider.newFileSystem(uri, Map.of("credential", "secret")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("ENC-02: a container's URI opens it, and a path's URI leads back while it is open")
  void hasUris(@TempDir Path folder) throws Exception {
    fs.close();
    file = Files.copy(file, folder.resolve("a ward.ugc"));
    URI uri = new URI("usbguard:" + file.toUri());
    URI inside;
    try (Passphrase passphrase = World.passphrase();
        FileSystem opened = provider.newFileSystem(uri, settings(passphrase, OpenMode.READ_ONLY));
        FileSystem second =
            provider.newFileSystem(file, settings(passphrase, OpenMode.READ_ONLY))) {
      Path path = opened.getPath("/Ward 7/caf\u00e9 #1%.txt");
      inside = path.toUri();
      assertThat(inside.getScheme()).isEqualTo("usbguard");
      assertThat(provider.getPath(inside)).isEqualTo(path);
      assertThat(provider.getFileSystem(inside)).isSameAs(opened);
      assertThat(second.getPath("/a").toUri()).isNotEqualTo(opened.getPath("/a").toUri());
    }
    assertThatThrownBy(() -> provider.getFileSystem(inside))
        .isInstanceOf(FileSystemNotFoundException.class);
  }

  // ---- names

  @Test
  @DisplayName(
      "ENC-02: letters of every script fold, and the stored spelling is what lists and real paths show")
  void foldsNames() throws Exception {
    Path stored = Files.writeString(fs.getPath("/\u00c9VA STRASSE.txt"), "x");
    Path asked = fs.getPath("/e\u0301va stra\u00dfe.TXT");
    assertThat(asked).isEqualTo(stored);
    assertThat(Files.readString(asked)).isEqualTo("x");
    assertThat(asked.toRealPath().toString()).isEqualTo("/\u00c9VA STRASSE.txt");
    assertThat(Files.isSameFile(asked, stored)).isTrue();
    Files.move(stored, asked);
    assertThat(stored.toRealPath().toString())
        .as("a move onto itself has no effect, says the JDK")
        .isEqualTo("/\u00c9VA STRASSE.txt");
  }

  // ---- where it differs

  @Test
  @DisplayName(
      "ENC-02: a file that is removed ends its channels, on closing as well if something was written")
  void removingEndsChannels() throws Exception {
    Path note = Files.writeString(fs.getPath("/note"), "x");
    SeekableByteChannel writer = Files.newByteChannel(note, StandardOpenOption.WRITE);
    writer.write(ByteBuffer.wrap(new byte[10]));
    Files.delete(note);
    assertThatThrownBy(writer::close).isInstanceOf(NoSuchFileException.class);
    Files.writeString(note, "x");
    SeekableByteChannel reader = Files.newByteChannel(note);
    Files.delete(note);
    assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1)))
        .isInstanceOf(NoSuchFileException.class);
    reader.close();
    assertThat(note).doesNotExist();
    Path other = Files.writeString(fs.getPath("/other"), "y");
    assertThat(Files.readString(other)).isEqualTo("y");
  }

  @Test
  @DisplayName(
      "ENC-02: a file that is to go with its channel goes, unless another has its place by then")
  void deletesOnClose() throws Exception {
    Path note = Files.writeString(fs.getPath("/note"), "x");
    Files.newByteChannel(note, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE).close();
    assertThat(note).doesNotExist();
    Files.writeString(note, "x");
    try (SeekableByteChannel channel =
        Files.newByteChannel(note, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
      assertThat(channel.size()).isEqualTo(1);
      Files.delete(note);
      Files.writeString(note, "another");
    }
    assertThat(Files.readString(note)).isEqualTo("another");
  }

  @Test
  @DisplayName("ENC-02: an atomic move replaces, as on Linux and Windows")
  void movesAtomically() throws Exception {
    Path old = Files.writeString(fs.getPath("/letter"), "old");
    Path draft = Files.writeString(fs.getPath("/letter.tmp"), "new");
    Files.move(draft, old, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(old)).isEqualTo("new");
    assertThat(draft).doesNotExist();
  }

  @Test
  @DisplayName("ENC-02: marks and times go along into another container; a full folder does not")
  void exchangesWithAnotherContainer() throws Exception {
    Instant then = Instant.parse("2020-01-02T03:04:05Z");
    FileMeta marked = new FileMeta(then, then, true, true);
    container.put(
        ContainerPath.parse("tool"),
        marked,
        new ByteArrayInputStream(new byte[100_000]),
        PutMode.CREATE);
    Files.createDirectories(fs.getPath("/full/inside"));
    Container second = World.container(medium.resolve("second.ugc"));
    try (FileSystem other = provider.over(second)) {
      Path there = other.getPath("/tool");
      Files.copy(fs.getPath("/tool"), there, StandardCopyOption.COPY_ATTRIBUTES);
      assertThat(second.require(ContainerPath.parse("tool")).readOnly()).isTrue();
      assertThat(Files.isExecutable(there)).isTrue();
      assertThat(Files.getLastModifiedTime(there).toInstant()).isEqualTo(then);
      Files.move(fs.getPath("/tool"), there, StandardCopyOption.REPLACE_EXISTING);
      assertThat(fs.getPath("/tool")).doesNotExist();
      assertThat(Files.size(there)).isEqualTo(100_000);
      Files.move(fs.getPath("/full/inside"), other.getPath("/inside"));
      assertThat(other.getPath("/inside")).isDirectory();
      Files.createDirectory(fs.getPath("/full/again"));
      assertThatThrownBy(() -> Files.move(fs.getPath("/full"), other.getPath("/full")))
          .isInstanceOf(DirectoryNotEmptyException.class);
      assertThatThrownBy(
              () -> Files.move(there, fs.getPath("/tool"), StandardCopyOption.ATOMIC_MOVE))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThat(fs.getPath("/a").equals(other.getPath("/a"))).isFalse();
    }
  }

  @Test
  @DisplayName("ENC-02: what a container does not have is refused in the JDK's way")
  void refusesWhatItDoesNotHave() throws Exception {
    Path note = Files.writeString(fs.getPath("/note"), "x");
    Class<UnsupportedOperationException> unsupported = UnsupportedOperationException.class;
    assertThat(Files.getFileAttributeView(note, FileOwnerAttributeView.class)).isNull();
    assertThatThrownBy(() -> Files.readAttributes(note, PosixFileAttributes.class))
        .isInstanceOf(unsupported);
    assertThatThrownBy(() -> Files.getOwner(note)).isInstanceOf(unsupported);
    assertThatThrownBy(() -> Files.createSymbolicLink(fs.getPath("/l"), note))
        .isInstanceOf(unsupported);
    assertThatThrownBy(() -> Files.createLink(fs.getPath("/l"), note)).isInstanceOf(unsupported);
    assertThatThrownBy(fs::newWatchService).isInstanceOf(unsupported);
    assertThatThrownBy(fs::getUserPrincipalLookupService).isInstanceOf(unsupported);
    try (FileChannel channel = FileChannel.open(note)) {
      assertThatThrownBy(channel::tryLock).isInstanceOf(unsupported);
    }
    assertThatThrownBy(() -> Files.setLastModifiedTime(fs.getPath("/"), FileTime.fromMillis(0)))
        .isInstanceOf(FileSystemException.class);
  }

  // ---- damage

  @Test
  @DisplayName(
      "ENC-13: damage is an IOException whose cause says what is damaged, and costs nothing else")
  void tellsOfDamage() throws Exception {
    Path damaged = Files.write(fs.getPath("/damaged"), new byte[200_000]);
    Files.writeString(fs.getPath("/whole"), "x");
    fs.close();
    try (FileChannel medium = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long insideTheSecondExtent = 1_179_648 + 128 + 65_564 + 30_000;
      medium.write(ByteBuffer.wrap(new byte[] {1}), insideTheSecondExtent);
    }
    try (FileSystem reader = open(OpenMode.READ_ONLY)) {
      Path path = reader.getPath(damaged.toString());
      assertThatThrownBy(() -> Files.readAllBytes(path))
          .isInstanceOf(IOException.class)
          .cause()
          .isInstanceOfSatisfying(
              DamagedContainerException.class,
              e -> assertThat(e.part()).isEqualTo(DamagedContainerException.Part.DATA));
      try (SeekableByteChannel channel = Files.newByteChannel(path)) {
        assertThat(channel.position(150_000).read(ByteBuffer.allocate(50_000))).isEqualTo(50_000);
      }
      assertThat(Files.readString(reader.getPath("/whole"))).isEqualTo("x");
    }
  }
}
