package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What NOTICE and README say of a build: whose software is in it, and that it can be repeated. */
class BuildPromisesIT {

  private static final Path TARGET = Processes.ROOT.resolve("cli/target");

  /** "(Apache-2.0) Jackson-core (com.fasterxml.jackson.core:jackson-core:2.21.0 - https://...)" */
  private static final Pattern NOTICE_LINE =
      Pattern.compile(
          "\\s*(?<licences>(\\([^)]+\\) )+).*\\([^:()]+:(?<artifact>[^:]+):(?<version>[^ ]+) - .*");

  @TempDir private Path temp;

  private static Set<String> shippedJars() throws IOException {
    try (Stream<Path> jars = Files.list(TARGET.resolve("app/lib"))) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> !name.startsWith("usbguard-"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  @DisplayName("the third-party notice names exactly the jars that are shipped, with licences")
  void theNoticeIsComplete() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(TARGET.resolve("third-party/THIRD-PARTY.txt"))) {
      Matcher matcher = NOTICE_LINE.matcher(line);
      if (matcher.matches()) {
        named.add(matcher.group("artifact") + "-" + matcher.group("version") + ".jar");
      }
    }

    assertThat(named).isEqualTo(shippedJars()).hasSizeGreaterThan(5);
  }

  @Test
  @DisplayName("the bill of materials lists exactly the jars that are shipped, with licences")
  void theBillOfMaterialsIsComplete() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(TARGET.resolve("usbguard-sbom.json").toFile());

    Set<String> listed = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      String name = component.path("name").asText();
      if (!name.startsWith("usbguard-")) {
        listed.add(name + "-" + component.path("version").asText() + ".jar");
        assertThat(component.path("licenses")).as("licences of %s", name).isNotEmpty();
        assertThat(component.path("hashes")).as("hashes of %s", name).isNotEmpty();
      }
    }

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(listed).isEqualTo(shippedJars());
  }

  @Test
  @Tag("long")
  @DisplayName("two builds of one commit, in two folders, give the same jars byte for byte")
  void theBuildCanBeRepeated() throws Exception {
    assumeTrue(Files.exists(Processes.ROOT.resolve(".git")), "not a git checkout");

    Map<String, Long> first = build(temp.resolve("one"));
    Map<String, Long> second = build(temp.resolve("another/place"));

    assertThat(first).isEqualTo(second).containsKey("usbguard.jar").hasSizeGreaterThan(5);
  }

  /** Name and checksum of each jar of a fresh checkout's application. */
  private Map<String, Long> build(Path folder) throws Exception {
    Path sources = temp.resolve("sources.tar");
    run(Processes.ROOT, "git", "archive", "--output=" + sources, "HEAD");
    Files.createDirectories(folder);
    run(folder, "tar", "-xf", sources.toString());
    run(folder, folder.resolve("usbguard").toString(), "--version");
    Path app = folder.resolve("cli/target/app");
    Map<String, Long> sums = new TreeMap<>();
    try (Stream<Path> all = Files.walk(app)) {
      for (Path jar : all.filter(path -> path.toString().endsWith(".jar")).toList()) {
        var sum = new CRC32C();
        sum.update(Files.readAllBytes(jar));
        sums.put(app.relativize(jar).toString(), sum.getValue());
      }
    }
    return sums;
  }

  private void run(Path folder, String... command) throws Exception {
    Path log = temp.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
