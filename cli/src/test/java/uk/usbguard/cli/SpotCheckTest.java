package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.Desk.Result;

/** device sample, device spot-check. */
class SpotCheckTest extends AtRegisterDesk {

  @Override
  boolean isAudited() {
    return true;
  }

  @BeforeEach
  void issueFour() {
    for (int i = 0; i < 4; i++) {
      register.register("NHS-" + i, "60A44C413FAEF47" + i);
      register.issue("NHS-" + i);
    }
  }

  // printf '2026-q4\nnhs-2' | sha256sum is 17ec..., of nhs-3 6d7b..., of nhs-1 cb88..., nhs-0
  // f052...
  @Test
  @DisplayName("AUD-06 a sample is listed, its results are recorded and counted under its seed")
  void samplesAndCounts() {
    Result drawn = register.ok("device", "sample", "--count", "2", "--seed", "2026-q4", "--json");
    assertThat(drawn.out())
        .contains("\"seed\":\"2026-q4\",\"drawn\":2,\"checked\":0,")
        .containsSubsequence("\"tag\":\"NHS-2\"", "\"tag\":\"NHS-3\"")
        .doesNotContain("NHS-0", "NHS-1");

    register.ok("device", "spot-check", "NHS-2", "--sample", "2026-q4", "--result", "found");
    String[] missing = {
      "device", "spot-check", "NHS-3", "--sample", "2026-q4", "--result", "missing"
    };
    assertThat(register.run(missing).err()).contains("reason");
    register.ok(
        "device",
        "spot-check",
        "NHS-3",
        "--sample",
        "2026-q4",
        "--result",
        "missing",
        "--reason",
        "nobody has it");

    assertThat(register.ok("device", "sample", "--count", "3", "--seed", "2026-q4").out())
        .startsWith("Sample 2026-q4, drives: 3")
        .containsSubsequence("[found]  NHS-2", "[missing]  NHS-3", "[not checked]  NHS-1")
        .contains("Checked: 2. Found: 1, missing: 1, differing from the register: 0.")
        .contains("service desk (01632 960123)", "information governance (ig@example.org)");
  }

  @Test
  @DisplayName("AUD-06 every draw stands in the audit log with its seed, also one made at random")
  void drawsAreRecorded() {
    String out = register.ok("device", "sample", "--count", "1", "--json").out();
    String seed = out.replaceFirst("(?s).*\"seed\":\"([0-9a-f]{16})\".*", "$1");
    assertThat(seed).hasSize(16);
    assertThat(desk.run("audit", "show", "--action", "device-sample", "--json").out())
        .contains("\"id\":\"" + seed + "\"", "\"result\":\"succeeded\"");
    register.ok("device", "spot-check", "NHS-1", "--sample", seed, "--result", "found");
    assertThat(desk.run("audit", "show", "--action", "device-spot-check", "--json").out())
        .contains("\"id\":\"NHS-1\"", "\"actor\":\"desk\"");
  }

  @Test
  @DisplayName("AUD-06 a seed that could be typed in two ways, or a sample of none, is refused")
  void refusesBadSamples() {
    assertThat(register.run("device", "sample", "--seed", "a b").code()).isEqualTo(64);
    assertThat(register.run("device", "sample", "--count", "0").code()).isEqualTo(64);
    assertThat(register.run("device", "sample", "--count", "1001").code()).isEqualTo(64);
    assertThat(
            register
                .run("device", "spot-check", "NHS-1", "--sample", "a", "--result", "fine")
                .err())
        .contains("[found, missing, differs]");
  }
}
