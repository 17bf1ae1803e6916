package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(World.class)
@DisplayName("ENC-02: java.nio.file.Files does with a container what it does with Jimfs")
class FilesConformanceTest {

  private static final FileTime THEN = FileTime.from(Instant.parse("2024-02-29T12:34:56Z"));

  @Parameter World world;
  private FileSystem fs;

  @BeforeEach
  void make() throws Exception {
    fs = world.make();
  }

  @AfterEach
  void close() throws Exception {
    fs.close();
  }

  private Path path(String text) {
    return fs.getPath(text);
  }

  private Path file(String text, String content) throws IOException {
    return Files.writeString(path(text), content);
  }

  private Path folder(String text) throws IOException {
    return Files.createDirectories(path(text));
  }

  private static void assertFails(Class<? extends Throwable> type, ThrowingCallable action) {
    assertThatThrownBy(action).isExactlyInstanceOf(type);
  }

  // ---- content

  @Test
  @DisplayName("text and bytes come back as they were written, whatever their length")
  void writesAndReads() throws Exception {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 256, 257, 65_535, 65_536, 65_537, 200_000}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      Path path = path("/f" + length);
      Files.write(path, bytes);
      assertThat(Files.readAllBytes(path)).isEqualTo(bytes);
      assertThat(Files.size(path)).isEqualTo(length);
      try (var in = Files.newInputStream(path)) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
    }
    try (BufferedWriter writer = Files.newBufferedWriter(path("/lines"))) {
      writer.write("one\ntwo\n");
    }
    assertThat(Files.readAllLines(path("/lines"))).containsExactly("one", "two");
    try (Stream<String> lines = Files.lines(path("/lines"))) {
      assertThat(lines).hasSize(2);
    }
    assertThat(Files.mismatch(path("/f256"), path("/f256"))).isEqualTo(-1);
    assertThat(Files.mismatch(path("/lines"), file("/other", "one\nTwo\n"))).isEqualTo(4);
  }

  @Test
  @DisplayName("writing again replaces, appending appends")
  void replacesAndAppends() throws Exception {
    file("/f", "a longer text");
    file("/f", "short");
    assertThat(Files.readString(path("/f"))).isEqualTo("short");
    Files.writeString(path("/f"), "er", StandardOpenOption.APPEND);
    assertThat(Files.readString(path("/f"))).isEqualTo("shorter");
    Files.writeString(path("/f"), "l", StandardOpenOption.WRITE);
    assertThat(Files.readString(path("/f"))).isEqualTo("lhorter");
  }

  @Test
  @DisplayName("what is missing, there already or of the wrong kind is refused")
  void refusesToOpen() throws Exception {
    folder("/d");
    file("/f", "x");
    assertFails(NoSuchFileException.class, () -> Files.readString(path("/none")));
    assertFails(NoSuchFileException.class, () -> Files.readString(path("/none/f")));
    assertFails(NoSuchFileException.class, () -> file("/none/f", ""));
    assertFails(
        NoSuchFileException.class,
        () -> Files.writeString(path("/none"), "x", StandardOpenOption.WRITE));
    assertFails(
        FileAlreadyExistsException.class,
        () -> Files.writeString(path("/f"), "x", StandardOpenOption.CREATE_NEW));
    assertFails(
        FileAlreadyExistsException.class,
        () -> Files.write(path("/d"), new byte[1], StandardOpenOption.CREATE_NEW));
    assertFails(FileSystemException.class, () -> file("/d", "x"));
    assertFails(FileSystemException.class, () -> Files.readString(path("/d")));
    assertFails(FileSystemException.class, () -> file("/", "x"));
    assertThat(Files.readString(path("/f"))).isEqualTo("x");
  }

  @Test
  @DisplayName("options that contradict each other, or that nobody knows, are refused")
  void refusesOptions() throws Exception {
    file("/f", "x");
    assertThatThrownBy(
            () ->
                Files.newByteChannel(
                    path("/f"), StandardOpenOption.READ, StandardOpenOption.APPEND))
        .isInstanceOfAny(IllegalArgumentException.class, UnsupportedOperationException.class);
    assertFails(
        UnsupportedOperationException.class,
        () -> Files.newInputStream(path("/f"), StandardOpenOption.WRITE));
    assertFails(
        UnsupportedOperationException.class,
        () -> Files.copy(path("/f"), path("/g"), StandardCopyOption.ATOMIC_MOVE));
  }

  // ---- folders

  @Test
  @DisplayName("folders are made where their parent is, once")
  void makesFolders() throws Exception {
    Files.createDirectory(path("/d"));
    assertThat(path("/d")).isDirectory();
    assertFails(FileAlreadyExistsException.class, () -> Files.createDirectory(path("/d")));
    assertFails(FileAlreadyExistsException.class, () -> Files.createDirectory(path("/D")));
    assertFails(FileAlreadyExistsException.class, () -> Files.createDirectory(path("/")));
    assertFails(NoSuchFileException.class, () -> Files.createDirectory(path("/a/b")));
    Files.createDirectories(path("/a/b/c"));
    Files.createDirectories(path("/a/b/c"));
    Files.createDirectories(path("/"));
    assertThat(path("/a/b/c")).isDirectory();
    file("/f", "x");
    assertFails(FileAlreadyExistsException.class, () -> Files.createDirectories(path("/f")));
    Path made = Files.createTempDirectory(path("/d"), "tmp");
    assertThat(made.getParent()).isEqualTo(path("/d"));
    assertThat(Files.createTempFile(made, "a", ".txt")).exists();
  }

  @Test
  @DisplayName("a folder lists what is in it, as paths below the one that was asked for")
  void lists() throws Exception {
    folder("/d/sub");
    file("/d/b", "1");
    file("/d/a.txt", "2");
    assertThat(listed(path("/d"), path -> true)).containsExactly("/d/a.txt", "/d/b", "/d/sub");
    assertThat(listed(path("d"), path -> true)).containsExactly("d/a.txt", "d/b", "d/sub");
    assertThat(listed(path(""), path -> true)).containsExactly("d");
    assertThat(listed(path("/d"), Files::isDirectory)).containsExactly("/d/sub");
    try (DirectoryStream<Path> globbed = Files.newDirectoryStream(path("/d"), "*.TXT")) {
      assertThat(globbed).containsExactly(path("/d/a.txt"));
    }
    assertFails(NotDirectoryException.class, () -> Files.newDirectoryStream(path("/d/b")));
    assertFails(NoSuchFileException.class, () -> Files.newDirectoryStream(path("/none")));
  }

  private static List<String> listed(Path folder, DirectoryStream.Filter<Path> filter)
      throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, filter)) {
      stream.forEach(path -> names.add(path.toString()));
    }
    names.sort(null);
    return names;
  }

  @Test
  @DisplayName("a folder's stream has one iterator, ends when closed, and passes failures on")
  void streamsOnce() throws Exception {
    file("/a", "1");
    file("/b", "2");
    DirectoryStream<Path> stream = Files.newDirectoryStream(path("/"));
    Iterator<Path> iterator = stream.iterator();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isEqualTo(path("/a"));
    assertFails(IllegalStateException.class, stream::iterator);
    assertFails(UnsupportedOperationException.class, iterator::remove);
    stream.close();
    stream.close();
    assertFails(ClosedDirectoryStreamException.class, stream::iterator);
    try (DirectoryStream<Path> failing =
        Files.newDirectoryStream(
            path("/"),
            path -> {
              throw new IOException("no");
            })) {
      assertFails(DirectoryIteratorException.class, () -> failing.iterator().hasNext());
    }
  }

  @Test
  @DisplayName("a tree is walked, found in and removed while it is walked")
  void walks() throws Exception {
    for (int i = 0; i < 40; i++) {
      folder("/t/d" + i % 4);
      file("/t/d" + i % 4 + "/f" + i, "x");
    }
    try (Stream<Path> all = Files.walk(path("/t"))) {
      assertThat(all).hasSize(45);
    }
    try (Stream<Path> found = Files.find(path("/"), 9, (p, a) -> a.isRegularFile())) {
      assertThat(found).hasSize(40);
    }
    Files.walkFileTree(
        path("/t"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(path("/t")).doesNotExist();
  }

  // ---- removing

  @Test
  @DisplayName("what is there and empty is removed, everything else refused")
  void removes() throws Exception {
    folder("/d");
    file("/d/f", "x");
    assertFails(DirectoryNotEmptyException.class, () -> Files.delete(path("/d")));
    Files.delete(path("/D/F"));
    Files.delete(path("/d"));
    assertThat(Files.deleteIfExists(path("/d"))).isFalse();
    assertFails(NoSuchFileException.class, () -> Files.delete(path("/d")));
    assertFails(NoSuchFileException.class, () -> Files.delete(path("/none/f")));
    assertFails(FileSystemException.class, () -> Files.delete(path("/")));
  }

  // ---- moving

  @Test
  @DisplayName("files and whole folders move, also to another folder")
  void moves() throws Exception {
    folder("/d/sub");
    file("/d/sub/f", "x");
    folder("/other");
    Files.move(path("/d"), path("/other/e"));
    assertThat(Files.readString(path("/other/e/sub/f"))).isEqualTo("x");
    assertThat(path("/d")).doesNotExist();
    Files.move(path("/other/e/sub/f"), path("/f"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(path("/f"))).isEqualTo("x");
    Files.move(path("/f"), path("/F"));
    assertThat(path("/f")).exists();
  }

  @Test
  @DisplayName("moving onto something needs to be asked for, and never replaces a full folder")
  void movesOnto() throws Exception {
    file("/a", "a");
    file("/b", "b");
    folder("/full");
    file("/full/x", "x");
    folder("/empty");
    assertFails(FileAlreadyExistsException.class, () -> Files.move(path("/a"), path("/b")));
    assertFails(FileAlreadyExistsException.class, () -> Files.move(path("/a"), path("/empty")));
    assertFails(
        DirectoryNotEmptyException.class,
        () -> Files.move(path("/a"), path("/full"), StandardCopyOption.REPLACE_EXISTING));
    Files.move(path("/a"), path("/b"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(path("/b"))).isEqualTo("a");
    Files.move(path("/full"), path("/empty"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(path("/empty/x"))).isEqualTo("x");
    assertFails(NoSuchFileException.class, () -> Files.move(path("/a"), path("/c")));
    assertFails(NoSuchFileException.class, () -> Files.move(path("/b"), path("/none/c")));
    assertThatThrownBy(() -> Files.move(path("/empty"), path("/empty/inside")))
        .isInstanceOf(IOException.class);
    assertThat(Files.readString(path("/empty/x"))).isEqualTo("x");
  }

  // ---- copying

  @Test
  @DisplayName("files are copied with their content, folders without theirs")
  void copies() throws Exception {
    byte[] large = new byte[300_000];
    Arrays.fill(large, (byte) 7);
    Files.write(path("/large"), large);
    folder("/d");
    file("/d/f", "x");
    Files.copy(path("/large"), path("/d/copy"));
    assertThat(Files.readAllBytes(path("/d/copy"))).isEqualTo(large);
    Files.copy(path("/d"), path("/e"));
    assertThat(path("/e")).isEmptyDirectory();
    Files.copy(path("/large"), path("/LARGE"));
    assertThat(Files.size(path("/large"))).isEqualTo(300_000);
  }

  @Test
  @DisplayName("copying onto something needs to be asked for, and never replaces a full folder")
  void copiesOnto() throws Exception {
    file("/a", "a");
    file("/b", "b");
    folder("/full");
    file("/full/x", "x");
    folder("/empty");
    assertFails(FileAlreadyExistsException.class, () -> Files.copy(path("/a"), path("/b")));
    assertFails(FileAlreadyExistsException.class, () -> Files.copy(path("/a"), path("/full")));
    assertFails(
        DirectoryNotEmptyException.class,
        () -> Files.copy(path("/a"), path("/full"), StandardCopyOption.REPLACE_EXISTING));
    Files.copy(path("/a"), path("/b"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(path("/b"))).isEqualTo("a");
    Files.copy(path("/a"), path("/empty"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(path("/empty"))).isEqualTo("a");
    Files.copy(path("/full"), path("/b"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(path("/b")).isEmptyDirectory();
    assertFails(NoSuchFileException.class, () -> Files.copy(path("/none"), path("/c")));
    assertFails(NoSuchFileException.class, () -> Files.copy(path("/a"), path("/none/c")));
  }

  @Test
  @DisplayName("times are copied where that is asked for")
  void copiesTimes() throws Exception {
    Files.setLastModifiedTime(file("/a", "a"), THEN);
    Files.copy(path("/a"), path("/new"));
    Files.copy(path("/a"), path("/same"), StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(Files.getLastModifiedTime(path("/same"))).isEqualTo(THEN);
    assertThat(Files.getLastModifiedTime(path("/new"))).isGreaterThan(THEN);
    Files.move(path("/a"), path("/moved"));
    assertThat(Files.getLastModifiedTime(path("/moved"))).isEqualTo(THEN);
  }

  @Test
  @DisplayName("files and streams go in from another file system, and out again")
  void exchangesWithOthers() throws Exception {
    try (FileSystem other = World.JIMFS.make()) {
      Path outside = Files.writeString(other.getPath("/f"), "text");
      Files.setLastModifiedTime(outside, THEN);
      Files.copy(outside, path("/in"), StandardCopyOption.COPY_ATTRIBUTES);
      assertThat(Files.getLastModifiedTime(path("/in"))).isEqualTo(THEN);
      Files.move(path("/in"), other.getPath("/out"));
      assertThat(Files.readString(other.getPath("/out"))).isEqualTo("text");
      assertThat(path("/in")).doesNotExist();
      try (var in = Files.newInputStream(outside)) {
        assertThat(Files.copy(in, path("/stream"))).isEqualTo(4);
      }
      try (var out = Files.newOutputStream(other.getPath("/back"))) {
        assertThat(Files.copy(path("/stream"), out)).isEqualTo(4);
      }
      assertThat(Files.readString(other.getPath("/back"))).isEqualTo("text");
    }
  }

  // ---- attributes

  @Test
  @DisplayName("the basic attributes say what is there")
  void attributes() throws Exception {
    Instant before = Instant.now().minusMillis(1); // a file system may keep milliseconds only
    file("/f", "12345");
    folder("/d");
    BasicFileAttributes f = Files.readAttributes(path("/f"), BasicFileAttributes.class);
    assertThat(f.size()).isEqualTo(5);
    assertThat(f.isRegularFile()).isTrue();
    assertThat(f.isDirectory() || f.isSymbolicLink() || f.isOther()).isFalse();
    assertThat(f.lastModifiedTime().toInstant()).isAfterOrEqualTo(before);
    assertThat(f.creationTime().toInstant()).isAfterOrEqualTo(before);
    BasicFileAttributes d = Files.readAttributes(path("/d"), BasicFileAttributes.class);
    assertThat(d.isDirectory()).isTrue();
    assertThat(d.isRegularFile()).isFalse();
    assertThat(d.fileKey()).isNotNull().isNotEqualTo(f.fileKey());
    assertThat(Files.readAttributes(path("/F"), BasicFileAttributes.class).fileKey())
        .isEqualTo(f.fileKey());
    assertFails(
        NoSuchFileException.class,
        () -> Files.readAttributes(path("/none"), BasicFileAttributes.class));
    assertThat(Files.isDirectory(path("/"))).isTrue();
  }

  @Test
  @DisplayName("attributes are read by their names")
  void attributesByName() throws Exception {
    file("/f", "12345");
    assertThat(Files.readAttributes(path("/f"), "size,isDirectory"))
        .isEqualTo(Map.of("size", 5L, "isDirectory", false));
    assertThat(Files.readAttributes(path("/f"), "*")).containsEntry("isRegularFile", true);
    assertThat(Files.getAttribute(path("/f"), "basic:size")).isEqualTo(5L);
    assertThat(Files.readAttributes(path("/f"), "basic:*"))
        .containsOnlyKeys(
            "lastModifiedTime",
            "lastAccessTime",
            "creationTime",
            "size",
            "isRegularFile",
            "isDirectory",
            "isSymbolicLink",
            "isOther",
            "fileKey");
    assertFails(
        IllegalArgumentException.class, () -> Files.readAttributes(path("/f"), "basic:colour"));
    assertFails(
        UnsupportedOperationException.class, () -> Files.readAttributes(path("/f"), "other:*"));
  }

  @Test
  @DisplayName("times are set, one by one or together")
  void setsTimes() throws Exception {
    folder("/d");
    file("/f", "x");
    for (String name : List.of("/f", "/d")) {
      Files.setLastModifiedTime(path(name), THEN);
      assertThat(Files.getLastModifiedTime(path(name))).isEqualTo(THEN);
      BasicFileAttributeView view =
          Files.getFileAttributeView(path(name), BasicFileAttributeView.class);
      assertThat(view.name()).isEqualTo("basic");
      FileTime made = FileTime.from(Instant.parse("1999-12-31T23:59:59Z"));
      view.setTimes(null, null, made);
      assertThat(view.readAttributes().creationTime()).isEqualTo(made);
      assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(THEN);
      Files.setAttribute(path(name), "basic:creationTime", THEN);
      assertThat(view.readAttributes().creationTime()).isEqualTo(THEN);
    }
    assertFails(NoSuchFileException.class, () -> Files.setLastModifiedTime(path("/none"), THEN));
  }

  @Test
  @DisplayName("a file's time is that of the last change")
  void changesTheTime() throws Exception {
    Files.setLastModifiedTime(file("/f", "x"), THEN);
    Files.writeString(path("/f"), "y", StandardOpenOption.APPEND);
    assertThat(Files.getLastModifiedTime(path("/f"))).isGreaterThan(THEN);
  }

  @Test
  @DisplayName("questions about a path are answered")
  void answers() throws Exception {
    folder("/D");
    file("/D/File.txt", "x");
    assertThat(Files.exists(path("/d/file.TXT"))).isTrue();
    assertThat(Files.notExists(path("/none"))).isTrue();
    assertThat(Files.isReadable(path("/d/file.txt"))).isTrue();
    assertThat(Files.isWritable(path("/d/file.txt"))).isTrue();
    assertThat(Files.isReadable(path("/none"))).isFalse();
    assertThat(Files.isSymbolicLink(path("/d"))).isFalse();
    assertThat(Files.isSameFile(path("/d"), path("/D"))).isTrue();
    assertThat(Files.isSameFile(path("/d"), path("/d/../d"))).isTrue();
    assertThat(Files.isSameFile(path("/d"), path("/d/file.txt"))).isFalse();
    assertThat(Files.isHidden(file("/.hidden", ""))).isTrue();
    assertThat(Files.isHidden(path("/d"))).isFalse();
    assertThat(path("d/file.txt").toRealPath().toString()).isEqualTo("/D/File.txt");
    assertFails(NoSuchFileException.class, () -> path("/none").toRealPath());
    assertThat(Files.getFileStore(path("/d")).isReadOnly()).isFalse();
    assertThat(fs.getFileStores()).hasSize(1);
  }
}
