package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected values are those of Unix, as the JDK's own paths give them. */
@ParameterizedClass
@EnumSource(World.class)
@DisplayName("ENC-02: paths of a container behave like those of any file system")
class PathConformanceTest {

  private static final List<String> SOME =
      List.of(
          "",
          "/",
          "a",
          "/a",
          "a/b",
          "/a/b",
          "/a/b/c",
          "b/c",
          ".",
          "..",
          "../a",
          "a/..",
          "/..",
          "/a/../b",
          "./a/./b",
          "a/../../b",
          "c");

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

  /** The JDK's path on Unix: what is expected. */
  private static Path unix(String text) {
    return FileSystems.getDefault().getPath(text);
  }

  private static String text(Object path) {
    return String.valueOf(path);
  }

  @Test
  @DisplayName("their parts are those of Unix")
  void parts() {
    for (String text : SOME) {
      Path path = fs.getPath(text);
      Path expected = unix(text);
      assertThat(path.toString()).as(text).isEqualTo(expected.toString());
      assertThat(path.isAbsolute()).as(text).isEqualTo(expected.isAbsolute());
      assertThat(path.getNameCount()).as(text).isEqualTo(expected.getNameCount());
      assertThat(text(path.getRoot())).as(text).isEqualTo(text(expected.getRoot()));
      assertThat(text(path.getParent())).as(text).isEqualTo(text(expected.getParent()));
      assertThat(text(path.getFileName())).as(text).isEqualTo(text(expected.getFileName()));
      if (world != World.JIMFS || !text.equals(".")) { // which Jimfs leaves as it is
        assertThat(path.normalize().toString()).as(text).isEqualTo(expected.normalize().toString());
      }
      assertThat(Stream.of(path).flatMap(PathConformanceTest::names).toList())
          .as(text)
          .isEqualTo(names(expected).toList());
    }
  }

  private static Stream<String> names(Path path) {
    Stream.Builder<String> names = Stream.builder();
    path.forEach(name -> names.add(name.toString()));
    return names.build();
  }

  @Test
  @DisplayName("pairs of them resolve, relativize, start and end as on Unix")
  void pairs() {
    for (String one : SOME) {
      for (String other : SOME) {
        Path a = fs.getPath(one);
        Path b = fs.getPath(other);
        Path ua = unix(one);
        Path ub = unix(other);
        String pair = one + " | " + other;
        assertThat(a.resolve(b).toString()).as(pair).isEqualTo(ua.resolve(ub).toString());
        assertThat(a.resolveSibling(b).toString())
            .as(pair)
            .isEqualTo(ua.resolveSibling(ub).toString());
        assertThat(a.startsWith(b)).as("starts " + pair).isEqualTo(ua.startsWith(ub));
        assertThat(a.endsWith(b)).as("ends " + pair).isEqualTo(ua.endsWith(ub));
        assertThat(a.equals(b)).as(pair).isEqualTo(ua.equals(ub));
        if (!pair.contains(".")) { // the JDK's releases differ in what they do with dots
          assertRelativizes(a, b, ua, ub, pair);
        }
      }
    }
  }

  private static void assertRelativizes(Path a, Path b, Path ua, Path ub, String pair) {
    if (a.isAbsolute() != b.isAbsolute()) {
      assertThatThrownBy(() -> a.relativize(b))
          .as(pair)
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(a.relativize(b).toString()).as(pair).isEqualTo(ua.relativize(ub).toString());
      assertThat(a.resolve(a.relativize(b))).as(pair).isNotNull();
    }
  }

  @Test
  @DisplayName("subpaths are cut out; what is not there is refused")
  void subpaths() {
    Path path = fs.getPath("/a/b/c");
    assertThat(path.subpath(0, 2)).isEqualTo(fs.getPath("a/b"));
    assertThat(path.subpath(2, 3)).isEqualTo(fs.getPath("c"));
    assertThat(path.getName(1)).isEqualTo(fs.getPath("b"));
    for (int[] wrong : new int[][] {{-1, 1}, {0, 4}, {1, 1}, {2, 1}}) {
      assertThatThrownBy(() -> path.subpath(wrong[0], wrong[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> path.getName(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> path.getName(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fs.getPath("/").getName(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("parts are joined, several slashes count as one")
  void joins() {
    assertThat(fs.getPath("a", "b", "c").toString()).isEqualTo("a/b/c");
    assertThat(fs.getPath("/", "a").toString()).isEqualTo("/a");
    assertThat(fs.getPath("", "a", "", "b").toString()).isEqualTo("a/b");
    assertThat(fs.getPath("//a//b///").toString()).isEqualTo("/a/b");
  }

  @Test
  @DisplayName("absolute ones start at the root, in which relative ones lie")
  void absolute() {
    assertThat(fs.getPath("a/b").toAbsolutePath()).isEqualTo(fs.getPath("/a/b"));
    assertThat(fs.getPath("").toAbsolutePath()).isEqualTo(fs.getPath("/"));
    assertThat(fs.getRootDirectories()).containsExactly(fs.getPath("/"));
    assertThat(fs.getSeparator()).isEqualTo("/");
  }

  @Test
  @DisplayName(
      "they are compared as names are: without regard to case, one accent written either way")
  void compares() {
    Path lower = fs.getPath("/ward/caf\u00e9");
    Path upper = fs.getPath("/WARD/cafe\u0301");
    assertThat(upper).isEqualTo(lower).hasSameHashCodeAs(lower);
    assertThat(upper.compareTo(lower)).isZero();
    assertThat(upper.startsWith(fs.getPath("/Ward"))).isTrue();
    assertThat(fs.getPath("/ward").relativize(fs.getPath("/WARD/x")).toString()).isEqualTo("x");
    assertThat(fs.getPath("a").compareTo(fs.getPath("B"))).isNegative();
    assertThat(fs.getPath("a/z").compareTo(fs.getPath("a/b"))).isPositive();
    assertThat(fs.getPath("a").compareTo(fs.getPath("a/b"))).isNegative();
  }

  @Test
  @DisplayName("those of another file system are refused, those of none are not equal")
  void otherProviders() {
    Path own = fs.getPath("/a");
    Path foreign = unix("/a");
    assertThat(own.equals(foreign)).isFalse();
    assertThat(own.startsWith(foreign)).isFalse();
    assertThat(own.endsWith(foreign)).isFalse();
    assertThatThrownBy(() -> own.resolve(foreign)).isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(() -> own.relativize(foreign)).isInstanceOf(ProviderMismatchException.class);
    assertThatThrownBy(own::toFile).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName("no name holds NUL")
  void refusesNul() {
    assertThatThrownBy(() -> fs.getPath("a\0b")).isInstanceOf(InvalidPathException.class);
  }
}
