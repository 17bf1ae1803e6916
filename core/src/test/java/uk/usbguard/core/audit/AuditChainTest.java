package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.SignatureAlgorithm;

/** One chain, whoever writes, whatever the clock does, whichever key signs. */
class AuditChainTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  @Test
  @DisplayName("AUD-02 the chain goes on over files and over restarts")
  void theChainGoesOn() throws Exception {
    for (int i = 0; i < 5; i++) {
      Logs.write(folder, HeadMemory.NONE, 10);
    }

    AuditReport report = Logs.verify(folder);
    assertThat(report.findings()).isEmpty();
    assertThat(report.files()).isGreaterThan(3);
    assertThat(report.unsigned()).isZero();
    assertThat(Logs.events(folder)).hasSize(50);
  }

  @Test
  @DisplayName("AUD-02 a clock that goes back is recorded and is no error")
  void aClockThatGoesBackIsRecorded() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 1);
    Clock earlier = Clock.fixed(Instant.parse("2026-11-24T05:59:00Z"), ZoneOffset.UTC);
    AuditSettings settings =
        AuditSettings.of(earlier, SecureRandom::new, Logs.ORIGIN, HeadMemory.NONE);
    try (AuditLog log = AuditLog.open(folder, settings)) {
      log.record(Logs.event(2));
    }

    AuditReport report = Logs.verify(folder);
    assertThat(report.isSound()).isTrue();
    assertThat(report.clockBack()).isEqualTo(1);
    assertThat(Files.readString(Logs.files(folder).get(0))).contains("\"clockBackMillis\":60000");
  }

  @Test
  @DisplayName("AUD-02 several writers of one log write one chain")
  void severalWritersWriteOneChain() throws Exception {
    int writers = 4;
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < writers; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  Logs.write(folder, HeadMemory.NONE, 25);
                } catch (Exception e) {
                  failures.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(Logs.verify(folder).findings()).isEmpty();
    assertThat(Logs.events(folder)).hasSize(25 * writers);
  }

  @ParameterizedTest(name = "AUD-02 a log that signs by {0} is verified, and a change in it found")
  @EnumSource
  void signsByEitherAlgorithm(SignatureAlgorithm algorithm) throws Exception {
    AuditSettings settings = Logs.settings(HeadMemory.NONE).withAlgorithm(algorithm);
    try (AuditLog log = AuditLog.open(folder, settings)) {
      assertThat(log.algorithm()).isEqualTo(algorithm);
      log.record(Logs.event(1));
    }
    try (AuditLog log = AuditLog.open(folder, Logs.settings(HeadMemory.NONE))) {
      assertThat(log.algorithm()).as("a log keeps its key").isEqualTo(algorithm);
      log.record(Logs.event(2));
    }

    assertThat(KeyFiles.readPublic(folder.resolve("audit.pub")).algorithm()).isEqualTo(algorithm);
    AuditReport report = Logs.verify(folder);
    assertThat(report.findings()).isEmpty();
    assertThat(report.unsigned()).isZero();

    Path file = Logs.files(folder).get(0);
    List<String> lines = Logs.lines(file);
    String checkpoint = lines.get(lines.size() - 1);
    assertThat(checkpoint).contains("\"kind\":\"checkpoint\"");
    String entry = checkpoint.substring(130).replace("\"cause\":\"close\"", "\"cause\":\"count\"");
    assertThat(checkpoint).doesNotEndWith(entry);
    lines.set(lines.size() - 1, chained(checkpoint.substring(65, 129), entry));
    Logs.write(file, lines);
    assertThat(Logs.verify(folder).isSound())
        .as("the chain holds, the signature does not")
        .isFalse();
  }

  /** A line whose hash is right: SHA-256 over the 32 bytes of the one before, and the entry. */
  private static String chained(String previous, String entry) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(HexFormat.of().parseHex(previous));
    byte[] hash = sha256.digest(entry.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash) + " " + previous + " " + entry;
  }
}
