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
    Process process =
        new ProcessBuilder("python3", "scripts/make-readme", "--check")
            .directory(Processes.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  @DisplayName("ENC-12: the independent reader agrees with every test vector")
  void theIndependentReaderAgrees() throws Exception {
    Process process =
        new ProcessBuilder(
                "bash", "-c", "npm ci --silent --no-audit --no-fund && node check-vectors.mjs")
            .directory(Processes.ROOT.resolve("e2e/reader").toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains(" 0 differ");
  }
}
