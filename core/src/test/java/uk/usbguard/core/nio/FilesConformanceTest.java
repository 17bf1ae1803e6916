package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(World.class)
@DisplayName("ENC-02: java.nio.file.Files does with a container what it does with Jimfs")
class FilesConformanceTest extends FilesInAWorld {

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
}
