package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.audit.AuditSubject.Kind;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.SignatureAlgorithm;

class AuditLogTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  private AuditLog open() throws IOException, AuditException {
    return AuditLog.open(folder, Logs.settings(HeadMemory.NONE));
  }

  @Test
  @DisplayName(
      "AUD-01 an entry says who, where, when, what, how it ended, why and under what policy")
  void anEntrySaysAll() throws Exception {
    try (AuditLog log = open()) {
      log.record(
          AuditEvent.of(
                  AuditAction.CONTAINER_CREATE,
                  AuditResult.DENIED,
                  AuditSubject.of(Kind.CONTAINER).withId("4711"))
              .onDevice(AuditSubject.of(Kind.DEVICE).withId("NHS-0815"))
              .because("not-registered")
              .decidedBy(
                  new AuditDecision("ward-4:7", "block", "not-in-register", "{\"facts\":{}}")));
    }

    assertThat(Logs.events(folder))
        .containsExactly(
            new AuditRecord(
                3, // behind the header and the first checkpoint
                Instant.parse("2026-11-24T06:00:00Z"),
                "container-create",
                "denied",
                "ward-5-pc",
                "nurse",
                null,
                "container",
                "4711",
                null,
                "NHS-0815",
                null,
                "not-registered",
                "ward-4:7",
                "block",
                "not-in-register",
                "{\"facts\":{}}",
                0));
  }

  @Test
  @DisplayName("AUD-01 an entry says who acted, where that is another person than the account")
  void theActorIsRecorded() throws Exception {
    for (AuditOrigin origin :
        List.of(Logs.ORIGIN.as("boss"), Logs.ORIGIN.as("nurse"), Logs.ORIGIN.as(" "))) {
      AuditSettings plain = Logs.settings(new Logs.Memory());
      AuditSettings settings =
          new AuditSettings(
              plain.clock(),
              plain.random(),
              origin,
              plain.memory(),
              plain.algorithm(),
              plain.limits());
      try (AuditLog log = AuditLog.open(folder, settings)) {
        log.record(Logs.event(1));
      }
    }

    assertThat(Logs.events(folder))
        .extracting(AuditRecord::user, AuditRecord::actor)
        .containsExactly(tuple("nurse", "boss"), tuple("nurse", null), tuple("nurse", null));
    assertThat(Logs.verify(folder).isSound()).isTrue();
  }

  @Test
  @DisplayName("AUD-04 who reads sees what was there before the reading was recorded")
  void readsUpToAnEntry() throws Exception {
    try (AuditLog log = open()) {
      log.record(Logs.event(1));
      try (AuditScope scope = log.begin(AuditAction.AUDIT_SHOW, AuditSubject.of(Kind.LOG))) {
        List<AuditRecord> seen = new ArrayList<>();
        new AuditReader(folder, new SecureRandom())
            .before(scope.entry())
            .read(AuditFilter.ALL, seen::add);
        scope.succeeded();
        assertThat(seen).extracting(AuditRecord::action).containsExactly("container-store");
      }
    }
    assertThat(Logs.events(folder)).extracting(AuditRecord::action).contains("audit-show");
  }

  @Test
  @DisplayName("AUD-01 a scope that is not told that it succeeded is a failure")
  void aScopeFailsByDefault() throws Exception {
    AuditSubject subject = AuditSubject.of(Kind.CONTAINER);
    try (AuditLog log = open()) {
      try (AuditScope scope = log.begin(AuditAction.KEY_ADD, subject)) {
        scope.about(subject.withId("known-later"));
        scope.succeeded();
      }
      assertThatThrownBy(
              () -> {
                try (AuditScope scope = log.begin(AuditAction.KEY_REMOVE, subject)) {
                  assertThat(scope).isNotNull();
                  throw new IOException("pulled out");
                }
              })
          .hasMessage("pulled out");
      try (AuditScope scope = log.begin(AuditAction.KEY_REKEY, subject)) {
        scope.denied("key-expired");
      }
      log.begin(AuditAction.DRIVE_ENCRYPT, subject); // and then the process is killed
    }

    assertThat(Logs.events(folder))
        .extracting(event -> event.action() + " " + event.result() + " " + event.reason())
        .containsExactly(
            "key-add succeeded null",
            "key-remove failed not-completed",
            "key-rekey denied key-expired",
            "drive-encrypt unfinished null");
    assertThat(Logs.events(folder).get(0).id()).isEqualTo("known-later");
  }

  @Test
  @DisplayName("AUD-03 a name is in no file of the log, and whoever knows it finds its entries")
  void namesAreHashed() throws Exception {
    String patient = "/media/stick/Smith, John 943 476 5919.docx";
    try (AuditLog log = open()) {
      log.record(
          AuditEvent.of(
              AuditAction.CONTAINER_STORE,
              AuditResult.SUCCEEDED,
              AuditSubject.of(Kind.FILE).withName(patient)));
      log.record(Logs.event(1));
    }

    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("Smith")
            .doesNotContain("5919");
      }
    }
    List<AuditRecord> found = new ArrayList<>();
    AuditFilter byName = new AuditFilter(null, null, null, null, Set.of(), patient);
    new AuditReader(folder, new SecureRandom()).read(byName, found::add);
    assertThat(found).hasSize(1);
    assertThat(AuditSubject.of(Kind.FILE).withName(patient).toString()).doesNotContain("Smith");
  }

  @Test
  @DisplayName("AUD-03 two logs hash the same name differently")
  void eachLogHasItsOwnKeyForNames() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String name : new String[] {"one", "two"}) {
      Path other = temp.resolve(name);
      try (AuditLog log = AuditLog.open(other, Logs.settings(HeadMemory.NONE))) {
        log.record(
            AuditEvent.of(
                AuditAction.MEDIUM_SCAN,
                AuditResult.SUCCEEDED,
                AuditSubject.of(Kind.FILE).withName("same")));
      }
      hashes.add(Logs.events(other).get(0).name());
    }

    assertThat(hashes.get(0)).matches("[0-9a-f]{32}").isNotEqualTo(hashes.get(1));
  }

  @Test
  @DisplayName("AUD-02 what a device claims cannot make a line or steer a terminal")
  void nothingCanBeInjected() throws Exception {
    String hostile = "stick\n0000 {\"seq\":9}\r\u001b[2J\u202egpj\"\\\u0000".repeat(20);
    try (AuditLog log = open()) {
      log.record(
          AuditEvent.of(
              AuditAction.DEVICE_DECIDE,
              AuditResult.DENIED,
              AuditSubject.of(Kind.DEVICE).withId(hostile)));
    }

    byte[] bytes = Files.readAllBytes(Logs.files(folder).get(0));
    for (byte b : bytes) {
      assertThat(b == '\n' || (b >= ' ' && b < 0x7f)).isTrue();
    }
    assertThat(Logs.lines(Logs.files(folder).get(0))).hasSize(4); // header, event, two checkpoints
    assertThat(Logs.events(folder).get(0).id()).startsWith("stick\n0000").hasSize(128);
    assertThat(Logs.verify(folder).isSound()).isTrue();
  }

  @Test
  @DisplayName("AUD-02 the longest entry that can be is one line that is read back")
  void theLongestEntryFits() throws Exception {
    String longest = "\u202e".repeat(500);
    AuditEvent event =
        AuditEvent.of(
                AuditAction.DEVICE_DECIDE,
                AuditResult.DENIED,
                AuditSubject.of(Kind.DEVICE).withId(longest).withName(longest))
            .onDevice(AuditSubject.of(Kind.DEVICE).withId(longest).withName(longest))
            .because("r".repeat(64))
            .decidedBy(
                new AuditDecision(
                    "p".repeat(256),
                    "e".repeat(256),
                    "r".repeat(256),
                    "\"".repeat(AuditDecision.LONGEST_DETAIL)));
    AuditSettings plain = Logs.settings(HeadMemory.NONE);
    AuditSettings settings =
        new AuditSettings(
            plain.clock(),
            plain.random(),
            new AuditOrigin(longest, longest, longest),
            plain.memory(),
            plain.algorithm(),
            plain.limits());
    try (AuditLog log = AuditLog.open(folder, settings)) {
      log.record(event);
    }

    assertThat(Logs.events(folder)).hasSize(1);
    assertThat(Logs.events(folder).get(0).decision()).hasSize(AuditDecision.LONGEST_DETAIL);
    assertThat(Logs.verify(folder).isSound()).isTrue();
  }

  @Test
  @DisplayName("AUD-03 what is no identifier, or could steer a terminal, is no decision")
  void aDecisionHasItsForm() {
    assertThatThrownBy(() -> new AuditDecision("a policy", "block", "r", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuditDecision("p:1", "block", "r\n", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuditDecision("p:1", "block", "r", "{\u00e9}"))
        .isInstanceOf(IllegalArgumentException.class);
    String tooLong = "x".repeat(AuditDecision.LONGEST_DETAIL + 1);
    assertThatThrownBy(() -> new AuditDecision("p:1", "block", "r", tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReasonIsNoSentence() {
    assertThatThrownBy(() -> Logs.event(1).because("John Smith asked"))
        .isInstanceOf(IllegalArgumentException.class);
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

  @Test
  void manyEventsShareAWrite() throws Exception {
    List<AuditReceipt> receipts = new ArrayList<>();
    try (AuditLog log = open()) {
      for (int i = 0; i < 3000; i++) {
        receipts.add(log.submit(Logs.event(i)));
      }
      for (AuditReceipt receipt : receipts) {
        assertThat(receipt.await()).isPositive();
      }
    }

    assertThat(Logs.events(folder)).hasSize(3000);
    assertThat(Logs.verify(folder).findings()).isEmpty();
  }

  @Test
  @DisplayName("AUD-04 the log's files are their owner's only")
  void filesAreTheirOwnersOnly() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Logs.write(folder, HeadMemory.NONE, 20);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aLogWithoutItsKeysIsNotBegunAnew() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 1);
    Files.delete(new LogFolder(folder).signingKey());

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.reason()).isEqualTo(AuditException.Reason.NO_KEY));
  }

  @Test
  void aFullOrMissingFolderIsAnErrorAndNotALoss() throws Exception {
    AuditLog log = open();
    log.record(Logs.event(1));
    Path moved = temp.resolve("moved");
    Files.move(folder, moved);
    assertThatThrownBy(() -> log.record(Logs.event(2))).isInstanceOf(IOException.class);
    Files.move(moved, folder);
    log.record(Logs.event(3));
    log.close();

    assertThat(Logs.events(folder)).extracting(AuditRecord::id).containsExactly("c-1", "c-3");
    assertThat(Logs.verify(folder).isSound()).isTrue();
    assertThatThrownBy(() -> log.record(Logs.event(4)))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.reason()).isEqualTo(AuditException.Reason.CLOSED));
  }
}
