package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ENC-14: repairing a container that is sound")
class SoundTest extends DamageCase {

  @Test
  @DisplayName("finds nothing and writes nothing")
  void nothingToRepair() throws Exception {
    byte[] before = Files.readAllBytes(path);

    RepairReport report = repair();

    assertThat(report.mending().isNothing()).isTrue();
    assertThat(report.isWhole()).isTrue();
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }
}
