package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Processes.Outcome;

/** {@code ./usbguard}, as it is started from a checkout. */
class StartIT {

  private static final Path SCRIPT = Processes.ROOT.resolve("usbguard");

  @Test
  void saysItsVersionAndNothingElse(@TempDir Path elsewhere) throws Exception {
    Outcome outcome = start(elsewhere, SCRIPT, Map.of(), "--version");

    assertThat(outcome.out()).matches("usbguard \\d+\\.\\d+\\.\\d+\\R");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void keepsTheExitCodeAndTheStreamsApart(@TempDir Path elsewhere) throws Exception {
    Outcome outcome = start(elsewhere, SCRIPT, Map.of(), "--no-such-option");

    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("--no-such-option");
    assertThat(outcome.exitCode()).isEqualTo(64);
  }

  @Test
  void worksThroughALinkInAFolderWithSpaces(@TempDir Path elsewhere) throws Exception {
    Path folder = Files.createDirectory(elsewhere.resolve("two words"));
    Path link = Files.createSymbolicLink(folder.resolve("the guard"), SCRIPT);

    assertThat(start(folder, link, Map.of(), "--version").exitCode()).isZero();
    assertThat(start(folder, Path.of("./the guard"), Map.of(), "--version").exitCode()).isZero();
  }

  @Test
  void worksInACheckoutWithSpacesInItsPath(@TempDir Path elsewhere) throws Exception {
    Path checkout = Files.createDirectory(elsewhere.resolve("Jo's check out"));
    Files.copy(SCRIPT, checkout.resolve("usbguard"));
    copy("scripts", checkout);
    copy("cli/target/app", checkout);

    Outcome outcome = start(elsewhere, checkout.resolve("usbguard"), Map.of(), "--version");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void keepsFileNamesWhateverTheLocale(@TempDir Path elsewhere) throws Exception {
    for (String locale : List.of("C", "POSIX", "xx_YY.UTF-8", "C.UTF-8")) {
      Outcome outcome = start(elsewhere, SCRIPT, Map.of("LC_ALL", locale), "Zoë’s notes.txt");

      assertThat(outcome.err()).as(locale).contains("Zoë’s notes.txt");
    }
  }

  @Test
  @DisplayName("where the system names no country, times are written as in Britain")
  void writesTimesAsInBritain(@TempDir Path elsewhere) throws Exception {
    Files.writeString(elsewhere.resolve("letter"), "letter");
    Files.writeString(elsewhere.resolve("phrase"), Guard.PHRASE);
    Map<String, String> bare = Map.of("LC_ALL", "C");
    String[] key = {"--passphrase-file", "phrase"};
    start(elsewhere, SCRIPT, bare, "encrypt", "letter", "--to", "c.ugc", key[0], key[1]);

    String listed = start(elsewhere, SCRIPT, bare, "ls", "-l", "c.ugc", key[0], key[1]).out();

    assertThat(listed).containsPattern(" \\d{1,2} [A-Z][a-z]{2,3} \\d{4}, \\d\\d:\\d\\d ");
  }

  @Test
  void handsJvmOptionsOn(@TempDir Path elsewhere) throws Exception {
    var options = Map.of("USBGUARD_JAVA_OPTS", "-Xmx64m -XX:+UseParallelGC -XX:+PrintFlagsFinal");

    String flags = start(elsewhere, SCRIPT, options, "--version").out();

    assertThat(flags).containsPattern("MaxHeapSize +:?= 67108864");
    assertThat(flags).containsPattern("UseParallelGC +:?= true");
    assertThat(flags).containsPattern("TieredStopAtLevel +:?= 4");
  }

  @Test
  @DisplayName(
      "without compiled ciphers both compilers are there; what vanished is looked for anew")
  void asksForTheCompilersThatAreWorthIt(@TempDir Path elsewhere) throws Exception {
    Path script = checkout(elsewhere);
    start(elsewhere, script, Map.of(), "--version");
    Path list = libraries(elsewhere.resolve("checkout/cli/target/app"));
    List<String> found = Files.readAllLines(list);
    assertThat(found).allSatisfy(library -> assertThat(Path.of(library)).isRegularFile());
    assertThat(compilers(elsewhere, script, "scan")).isEqualTo(4);
    assertThat(compilers(elsewhere, script, "encrypt")).isEqualTo(found.isEmpty() ? 4 : 1);

    Files.write(list, List.of("/no/such/libcrypto.so.3"));
    assertThat(compilers(elsewhere, script, "decrypt")).isEqualTo(found.isEmpty() ? 4 : 1);
    assertThat(list).hasContent(String.join("\n", found));

    Files.write(list, List.of());
    assertThat(compilers(elsewhere, script, "decrypt")).isEqualTo(4);
  }

  @Test
  @DisplayName("ENC-10: where nothing but Java can be called, Java computes")
  void whereNothingCanBeCalledButJava(@TempDir Path elsewhere) throws Exception {
    Files.writeString(elsewhere.resolve("letter"), "letter");
    Files.writeString(elsewhere.resolve("phrase"), Guard.PHRASE);
    Path script = checkout(elsewhere);
    try (Stream<Path> natives = Files.list(elsewhere.resolve("checkout/cli/target/app/native"))) {
      for (Path file : natives.toList()) {
        Files.delete(file); // as on a processor for which none is shipped
      }
    }
    String[] key = {"--passphrase-file", "phrase"};

    Outcome made =
        start(elsewhere, script, Map.of(), "encrypt", "letter", "--to", "c.ugc", key[0], key[1]);
    Outcome info = start(elsewhere, script, Map.of(), "info", "c.ugc", "--unlock", key[0], key[1]);

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(info.out())
        .as(info.err())
        .contains("SunJCE", "Bouncy Castle")
        .doesNotContain("OpenSSL");
    assertThat(libraries(elsewhere.resolve("checkout/cli/target/app"))).isEmptyFile();
  }

  /** Up to which level code is compiled: 1 is the quick compiler alone. */
  private static int compilers(Path folder, Path script, String command) throws Exception {
    Map<String, String> options = Map.of("USBGUARD_JAVA_OPTS", "-XX:+PrintFlagsFinal");
    String flags = start(folder, script, options, command, "--help").out();
    Matcher level = Pattern.compile("TieredStopAtLevel +:?= (\\d)").matcher(flags);
    assertThat(level.find()).as(flags).isTrue();
    return Integer.parseInt(level.group(1));
  }

  /** A copy of the program, without what an earlier start left behind; returns its script. */
  private static Path checkout(Path elsewhere) throws IOException {
    Path checkout = Files.createDirectory(elsewhere.resolve("checkout"));
    copy("scripts", checkout);
    copy("cli/target/app", checkout);
    return Files.copy(SCRIPT, checkout.resolve("usbguard"));
  }

  private static Path libraries(Path app) throws IOException {
    try (Stream<Path> files = Files.list(app)) {
      return files
          .filter(file -> file.toString().endsWith(".libraries"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("the training left no list"));
    }
  }

  private static Outcome start(
      Path folder, Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    return Processes.run(folder, environment, command);
  }

  private static void copy(String tree, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(Processes.ROOT.resolve(tree))) {
      for (Path path : all.toList()) {
        Path copy = to.resolve(Processes.ROOT.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else if (!path.getFileName().toString().startsWith("archive-")) {
          Files.copy(path, copy);
        }
      }
    }
  }
}
