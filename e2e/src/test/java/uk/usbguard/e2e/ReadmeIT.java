package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What README shows is what happens. */
class ReadmeIT {

  @Test
  @DisplayName("ENC-01 ENC-02: the transcript in README.md is what its commands say today")
  void theTranscriptIsTrue() throws Exception {
    run("scripts/make-readme --check");
  }

  @Test
  @DisplayName("ENC-12: the independent reader agrees with every test vector")
  void theIndependentReaderAgrees() throws Exception {
    String said = run("cd e2e/reader && npm ci --silent --no-audit --no-fund && npm test --silent");
    assertThat(said).contains(" 0 differ");
  }

  @Test
  @DisplayName("The shipped test vectors are what their builder makes")
  void theVectorsAreReproducible() throws Exception {
    run("node docs/vectors/make-vectors.mjs --check");
  }

  @Test
  @DisplayName("The shipped example is what its script makes")
  void theExampleIsReproducible() throws Exception {
    run("scripts/make-example --check");
  }

  @Test
  @DisplayName("The benchmark's own arithmetic holds")
  void theBenchmarkCounts() throws Exception {
    run("python3 -B -m unittest discover -s bench");
  }

  private static String run(String command) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(Processes.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
