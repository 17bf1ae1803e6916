package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

  @Test
  void everyLineOfTheTrainingWorks(@TempDir Path folder) {
    assertThatCode(() -> TrainingRun.run(folder)).doesNotThrowAnyException();
  }
}
