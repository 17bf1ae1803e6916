package uk.usbguard.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingSystemTest {

  @ParameterizedTest
  @CsvSource({"Linux,LINUX", "Windows 11,WINDOWS", "Windows Server 2022,WINDOWS", "Mac OS X,MACOS"})
  void recognisesWhatTheJdkReports(String osName, OperatingSystem expected) {
    assertThat(OperatingSystem.named(osName)).contains(expected);
  }

  @Test
  void saysSoWhenThereAreNoAdapters() {
    assertThat(OperatingSystem.named("FreeBSD")).isEmpty();
  }
}
