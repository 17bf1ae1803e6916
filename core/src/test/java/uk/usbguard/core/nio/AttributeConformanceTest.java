package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(World.class)
@DisplayName("ENC-02: what a container says of its files is what Jimfs says")
class AttributeConformanceTest extends FilesInAWorld {

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
