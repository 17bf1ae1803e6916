package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Expected are the matches of the JDK's own file system; Jimfs takes "(" and "|" for more. */
@DisplayName("ENC-02: globs match as on any file system")
class GlobConformanceTest {

  private static final List<String> GLOBS =
      List.of(
          "*",
          "**",
          "*.txt",
          "*.{txt,csv}",
          "{a,b}*",
          "?",
          "??",
          "a?c",
          "[abc]",
          "[a-c]x",
          "[!a-c]x",
          "[-a]",
          "[a-]",
          "[!-a]",
          "[a\\]",
          "[*?]",
          "a[b",
          "/**",
          "/*/*",
          "**/b",
          "**.txt",
          "a/**/c",
          "\\*",
          "a\\?b",
          "{a/b,c}",
          "a,b",
          "a{,b}",
          "(a)|b",
          "a.b",
          "a+b$",
          "^a",
          "[^a]",
          "{[ab],c}d",
          "*{.txt,}",
          "\u00e9*",
          "[&&]",
          "[a&&b]",
          "a}b",
          "[[]");

  private static final List<String> PATHS =
      List.of(
          "a",
          "b",
          "c",
          "ab",
          "abc",
          "a.b",
          "axb",
          "note.txt",
          "data.csv",
          "/a",
          "/a/b",
          "/a/b/c",
          "a/b",
          "a/c",
          "a/x/c",
          "a/b/c",
          "ax",
          "dx",
          "-",
          "*",
          "a?b",
          "a,b",
          "(a)|b",
          "a+b$",
          "^a",
          "^",
          "[",
          "&",
          "\\",
          "cd",
          "ad",
          "\u00e9t\u00e9",
          "a}b",
          "",
          "/");

  private static final List<String> WRONG =
      List.of("[", "[a", "[!", "{a", "{a,{b}}", "a\\", "[z-a]", "[a/b]");

  @Test
  @DisplayName("every one of these patterns on every one of these paths")
  void matchesAsTheJdk() throws Exception {
    FileSystem unix = FileSystems.getDefault();
    try (FileSystem fs = World.CONTAINER.make()) {
      for (String glob : GLOBS) {
        PathMatcher expected;
        try {
          expected = unix.getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
          assertThatThrownBy(() -> fs.getPathMatcher("glob:" + glob))
              .as(glob)
              .isInstanceOf(PatternSyntaxException.class);
          continue;
        }
        PathMatcher matcher = fs.getPathMatcher("glob:" + glob);
        for (String path : PATHS) {
          assertThat(matcher.matches(fs.getPath(path)))
              .as("%s on %s", glob, path)
              .isEqualTo(expected.matches(unix.getPath(path)));
        }
      }
    }
  }

  @Test
  @DisplayName("wrong ones and unknown syntaxes are refused")
  void refuses() throws Exception {
    try (FileSystem fs = World.CONTAINER.make()) {
      for (String glob : WRONG) {
        assertThatThrownBy(() -> fs.getPathMatcher("glob:" + glob))
            .as(glob)
            .isInstanceOf(PatternSyntaxException.class);
      }
      assertThatThrownBy(() -> fs.getPathMatcher("sql:*"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> fs.getPathMatcher("*")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("regular expressions match too, and case makes no difference")
  void regularExpressions() throws Exception {
    try (FileSystem fs = World.CONTAINER.make()) {
      assertThat(fs.getPathMatcher("regex:.*\\.csv").matches(fs.getPath("/a/DATA.CSV"))).isTrue();
      assertThat(fs.getPathMatcher("glob:*.TXT").matches(fs.getPath("note.txt"))).isTrue();
      assertThat(fs.getPathMatcher("GLOB:[a-c]").matches(fs.getPath("B"))).isTrue();
    }
  }
}
