package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.secret.Passphrase;

/** Compiles and runs the lines that the README gives to any Java program. */
class ReadmeSnippetTest {

  private static final Pattern SNIPPET =
      Pattern.compile("## From Java\n.*?```java\n(.*?)```", Pattern.DOTALL);

  private static final String PROGRAM =
      """
      import java.nio.file.*;
      import java.util.Map;
      import uk.usbguard.core.container.*;
      import uk.usbguard.core.secret.Passphrase;

      public class Program {
        public static void run(Path path, char[] typed, ContainerEnvironment environment)
            throws Exception {
      %s
        }
      }
      """;

  @Test
  @DisplayName("ENC-02: the README's lines from Java compile, run, and do what they say")
  void runs(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("ward-7.ugc");
    World.container(path).close();
    Path source = folder.resolve("Program.java");
    Files.writeString(source, PROGRAM.replace("%s", snippet()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = classPath();
    int result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            classPath,
            "-d",
            folder.toString(),
            source.toString());
    assertThat(result).isZero();

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      char[] typed = "correct horse battery staple".toCharArray();
      loader
          .loadClass("Program")
          .getMethod("run", Path.class, char[].class, ContainerEnvironment.class)
          .invoke(null, path, typed, World.environment());
    }

    try (Passphrase passphrase = World.passphrase();
        FileSystem stick =
            FileSystems.newFileSystem(
                path,
                Map.of("credential", Credential.of(passphrase), "environment", World.environment()),
                getClass().getClassLoader())) {
      assertThat(Files.readString(stick.getPath("/ward-7/note.txt"))).isEqualTo("seen today\n");
    }
  }

  private static String snippet() throws Exception {
    Path readme = Path.of(System.getProperty("usbguard.root"), "README.md");
    Matcher found = SNIPPET.matcher(Files.readString(readme, StandardCharsets.UTF_8));
    assertThat(found.find()).isTrue();
    List<String> lines = found.group(1).lines().toList();
    assertThat(lines).as("five lines, as promised").hasSize(5);
    return found.group(1);
  }

  private static String classPath() throws Exception {
    return Path.of(Credential.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
