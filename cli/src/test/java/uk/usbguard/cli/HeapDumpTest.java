package uk.usbguard.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapDumpTest {

  private static final String PHRASE = "violet-harbour-quilt-meadow-canary";
  private static final String OTHER = "gravel-lantern-otter-biscuit-canary";
  private static final String THIRD = "walnut-copper-thistle-ferry-canary";
  private static final String CONTENT = "canary of a patient's letter 4711. ";
  private static final String CONTROL = "what the search has to find";

  private static final String IN = " --passphrase-stdin";
  private static final String BY_FILE = " --passphrase-file phrase";

  /** Everything that takes, makes or shows a secret; each takes its lines of input. */
  private static final List<String> COMMANDS =
      List.of(
          "encrypt src --to c.ugc --recovery-to-stdout" + IN,
          "put c.ugc more" + IN,
          "get c.ugc more/letter --to desk" + IN,
          "cat c.ugc src/letter" + IN,
          "key add c.ugc --type passphrase --new-passphrase-stdin" + IN,
          "key add c.ugc --type recovery --recovery-sheet sheet.pdf" + BY_FILE,
          "key remove c.ugc --slot 0 --yes --passphrase-file other",
          "passphrase c.ugc --new-passphrase-stdin --passphrase-file other",
          "recover c.ugc --recovery-key-stdin --new-passphrase-stdin",
          "repair c.ugc" + IN,
          "verify c.ugc" + IN,
          "passphrase generate",
          "decrypt c.ugc --to out" + IN);

  @TempDir private Path temp;
  private int runs;

  private static boolean holds(byte[] dump, String secret, Charset charset) {
    String all = new String(dump, ISO_8859_1);
    return all.contains(new String(secret.getBytes(charset), ISO_8859_1));
  }

  @Test
  @DisplayName(
      "ENC-13: when the commands are done, neither passphrases nor recovery keys nor content are"
          + " in the heap")
  void finishedCommandsLeaveNothingInTheHeap() throws Exception {
    for (String name : List.of("src/letter", "more/letter")) {
      Path file = temp.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, CONTENT.repeat(5_000));
    }
    Files.writeString(temp.resolve("phrase"), PHRASE);
    Files.writeString(temp.resolve("other"), OTHER);
    String first =
        run(COMMANDS.subList(0, 8), PHRASE, PHRASE, PHRASE, PHRASE, PHRASE, OTHER, THIRD);
    String key =
        first.lines().filter(line -> line.matches("[0-9A-Z-]{30,}")).findFirst().orElseThrow();
    String generated = run(COMMANDS.subList(8, 13), key, PHRASE, PHRASE, PHRASE, PHRASE);
    String drawn =
        generated
            .lines()
            .filter(line -> line.matches("([a-z]+-){5}[a-z]+"))
            .findFirst()
            .orElseThrow();

    for (String secret : List.of(PHRASE, OTHER, THIRD, CONTENT, key, key.replace("-", ""), drawn)) {
      for (int run = 1; run <= runs; run++) {
        byte[] dump = Files.readAllBytes(temp.resolve("dump" + run + ".hprof"));
        assertThat(holds(dump, CONTROL, UTF_16BE)).isTrue();
        for (Charset charset : List.of(UTF_8, UTF_16BE, UTF_16LE)) {
          assertThat(holds(dump, secret, charset)).as(secret + " in dump " + run).isFalse();
        }
      }
    }
  }

  private String run(List<String> commands, String... input) throws Exception {
    runs++;
    Path script = Files.write(temp.resolve("commands"), commands);
    Path out = temp.resolve("out" + runs + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapDumpDriver.class.getName(),
                script.toString(),
                temp.resolve("dump" + runs) + ".hprof",
                new StringBuilder(CONTROL).reverse().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    Process process = builder.redirectOutput(out.toFile()).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((String.join("\n", input) + "\n").getBytes(UTF_8));
    }
    int code = process.waitFor();
    String said = Files.readString(out);
    assertThat(code).as(said).isZero();
    return said;
  }
}
