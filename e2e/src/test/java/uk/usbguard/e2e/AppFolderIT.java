package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the program is started from: cli/target/app. */
class AppFolderIT {

  private static final Path APP = Processes.ROOT.resolve("cli/target/app");

  /** Java 6: below it the JDK's class archive takes nothing. */
  private static final int LOWEST_LEVEL = 50;

  /** Java 17: above it the oldest JDK that we promise cannot start. */
  private static final int HIGHEST_LEVEL = 61;

  @Test
  void holdsOnlyClassesThatCanBeArchivedAndRunOnJava17() throws IOException {
    Map<String, Integer> wrong = new TreeMap<>();
    int seen = 0;
    for (Path jar : jars()) {
      try (var in = new JarFile(jar.toFile(), false)) {
        for (ZipEntry entry : in.stream().toList()) {
          if (!entry.getName().endsWith(".class")
              || entry.getName().startsWith("META-INF/versions/")
              || entry.getName().equals("module-info.class")) {
            continue;
          }
          seen++;
          int level = level(in, entry);
          if (level < LOWEST_LEVEL || level > HIGHEST_LEVEL) {
            wrong.put(jar.getFileName() + "!" + entry.getName(), level);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(1000);
  }

  @Test
  void holdsNoSignatureFiles() throws IOException {
    List<String> signatures = new ArrayList<>();
    for (Path jar : jars()) {
      try (var in = new JarFile(jar.toFile(), false)) {
        in.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"))
            .forEach(name -> signatures.add(jar.getFileName() + "!" + name));
      }
    }
    assertThat(signatures).isEmpty();
  }

  @Test
  void holdsEveryJarThatTheProgramNames() throws IOException {
    try (var program = new JarFile(APP.resolve("usbguard.jar").toFile())) {
      String classPath = program.getManifest().getMainAttributes().getValue("Class-Path");
      assertThat(classPath.split(" ", -1)).allSatisfy(jar -> assertThat(APP.resolve(jar)).exists());
    }
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> all = Files.walk(APP)) {
      return all.filter(path -> path.toString().endsWith(".jar")).toList();
    }
  }

  private static int level(JarFile jar, ZipEntry entry) throws IOException {
    try (var in = new DataInputStream(jar.getInputStream(entry))) {
      in.readInt();
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }
}
