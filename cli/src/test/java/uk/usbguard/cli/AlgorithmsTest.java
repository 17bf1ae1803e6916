package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.platform.LibArgon2;
import uk.usbguard.platform.LibCrypto;
import uk.usbguard.platform.OperatingSystem;

@DisplayName("The algorithms on this PC")
class AlgorithmsTest {

  @Test
  @DisplayName("are made once, whoever asks for them first and however many do")
  void once() throws Exception {
    Algorithms algorithms = new Algorithms("Linux");
    algorithms.prepareFor("encrypt", "letters");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<CryptoProfile>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(algorithms::profile);
      }
      for (Future<CryptoProfile> profile : pool.invokeAll(asked)) {
        assertThat(profile.get()).isSameAs(algorithms.profile());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Windows 11", "Mac OS X", "an unheard-of system"})
  @DisplayName("ENC-10: are Java's own where the system offers none, and say so")
  void withoutALibrary(String system) {
    assertThat(new Algorithms(system).profile().modules())
        .contains("SunJCE", "(AES-256-GCM, ", "Bouncy Castle", "(Argon2id)")
        .doesNotContain("libargon2", "OpenSSL");
  }

  @Test
  @DisplayName("ENC-10: are the system's where Linux has them, and say so")
  void withLibraries() {
    Optional<OperatingSystem> linux = Optional.of(OperatingSystem.LINUX);
    assumeTrue(LibCrypto.find(linux).isPresent() && LibArgon2.find(linux).isPresent());

    assertThat(new Algorithms("Linux").profile().modules())
        .matches("OpenSSL 3\\..* \\(AES-256-GCM\\), SunJCE .*, libargon2 \\(Argon2id\\)");
  }

  @Test
  @DisplayName("are handed to a thread that was interrupted, which stays interrupted")
  void interrupted() {
    Algorithms algorithms = new Algorithms("Linux");
    Thread.currentThread().interrupt();
    try {
      assertThat(algorithms.profile()).isNotNull();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @DisplayName("are not made for nothing: scan and no command at all begin no thread")
  void nothingToPrepare() {
    Algorithms algorithms = new Algorithms("Linux");

    Set<Thread> before = Thread.getAllStackTraces().keySet();
    algorithms.prepareFor();
    algorithms.prepareFor("scan", "encrypt");

    assertThat(Thread.getAllStackTraces().keySet())
        .as("new threads that make algorithms")
        .filteredOn(thread -> thread.getName().equals("usbguard-warm-up"))
        .filteredOn(thread -> !before.contains(thread))
        .isEmpty();
  }
}
