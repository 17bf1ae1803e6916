package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(World.class)
@DisplayName("ENC-02: files of a container are removed, moved and copied as those of Jimfs")
class MoveConformanceTest extends FilesInAWorld {

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
}
