package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.core.container.ContainerPath;

class SourceWalkTest {

  private final List<String> found = new ArrayList<>();
  private final Notes notes = new Notes();

  private final SourceWalk.Sink sink =
      new SourceWalk.Sink() {
        @Override
        public void found(
            Path file,
            DiskName name,
            DiskEntry entry,
            Place parent,
            @Nullable Place own,
            Twin twin) {
          found.add(
              name.name()
                  + (own == null ? "" : "/")
                  + (twin.number() > 1 ? "#" + twin.number() : "")
                  + (twin.alone() ? "" : "="));
        }

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  private void walk(FileSystem fs, String... sources) throws Exception {
    Files.createDirectories(fs.getPath("/target"));
    Exclusions exclusions = Exclusions.of(fs.getPath("/target/c.ugc"), null);
    try (SourceWalk walk = new SourceWalk(exclusions, notes, sink)) {
      walk.walk(
          Arrays.stream(sources).map(s -> fs.getPath(s)).toList(), Place.at(ContainerPath.ROOT));
    }
  }

  @Test
  void givesAFolderBeforeWhatIsInItAndNamesInFoldedOrder() throws Exception {
    try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
      Files.createDirectories(fs.getPath("/src/b"));
      for (String name : List.of("/src/C", "/src/a", "/src/b/z", "/src/A", "/src/d")) {
        Files.writeString(fs.getPath(name), "");
      }
      walk(fs, "/src");

      assertThat(found).containsExactly("src/", "A=", "a#2=", "b/", "z", "C", "d");
    }
  }

  @Test
  void worksOnAFileSystemWithWindowsRules() throws Exception {
    try (FileSystem fs =
        Jimfs.newFileSystem(
            Configuration.windows().toBuilder().setAttributeViews("basic", "dos").build())) {
      Path source = Files.createDirectories(fs.getPath("C:\\src\\sub"));
      Files.writeString(source.resolve("a.txt"), "a");
      Files.createDirectories(fs.getPath("C:\\target"));
      Exclusions exclusions = Exclusions.of(fs.getPath("C:\\target\\c.ugc"), null);
      try (SourceWalk walk = new SourceWalk(exclusions, notes, sink)) {
        walk.walk(List.of(fs.getPath("C:\\src")), Place.at(ContainerPath.ROOT));
      }

      assertThat(found).containsExactly("src/", "sub/", "a.txt");
    }
  }

  @Test
  void leavesOutTheContainerAndItsFurtherSegments() throws Exception {
    try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
      Files.createDirectories(fs.getPath("/target"));
      for (String name : List.of("c.ugc", "c.ugc.001", "c.ugc.0011", "c.ugc.bak", "other")) {
        Files.writeString(fs.getPath("/target", name), "");
      }
      walk(fs, "/target");

      assertThat(found).containsExactly("target/", "c.ugc.0011", "c.ugc.bak", "other");
      assertThat(notes.count(NoteKind.CONTAINER_ITSELF)).isEqualTo(2);
    }
  }

  @Test
  void goesDeepWithoutAStackForEveryLevel() throws Exception {
    try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
      Path deep = fs.getPath("/src");
      for (int i = 0; i < 3000; i++) {
        deep = deep.resolve("d");
      }
      Files.createDirectories(deep);
      walk(fs, "/src");

      assertThat(found).hasSize(3001);
    }
  }

  @Test
  void namesWhatCannotBeRead() throws IOException {
    Path file = Path.of("x");
    SourceWalk.noteFailure(notes, file, new NoSuchFileException("x"));
    SourceWalk.noteFailure(notes, file, new AccessDeniedException("x"));
    SourceWalk.noteFailure(notes, file, new NotDirectoryException("x"));
    SourceWalk.noteFailure(notes, file, new FileSystemException("x", null, "bad"));
    SourceWalk.noteFailure(notes, file, new IOException("disk on fire"));

    assertThat(notes.count(NoteKind.VANISHED)).isEqualTo(1);
    assertThat(notes.list().stream().map(n -> n.detail()))
        .contains("permission denied", "no longer a folder", "bad", "disk on fire");
  }
}
