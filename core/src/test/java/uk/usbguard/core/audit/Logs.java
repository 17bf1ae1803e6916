package uk.usbguard.core.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.Verifier;

/** Makes logs for tests, and reads and writes them as an attacker does. */
final class Logs {

  /** Small enough that a few events need several files. */
  static final AuditSettings.Limits SMALL =
      new AuditSettings.Limits(5, Duration.ofHours(1), 4096, Duration.ofSeconds(10));

  static final AuditOrigin ORIGIN = new AuditOrigin("ward-5-pc", "nurse");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T06:00:00Z"), ZoneOffset.UTC);

  private Logs() {}

  static AuditSettings settings(HeadMemory memory) {
    return AuditSettings.of(CLOCK, SecureRandom::new, ORIGIN, memory).withLimits(SMALL);
  }

  /** Opens or begins one whose head nobody remembers. */
  static AuditLog open(Path folder) throws IOException, AuditException {
    return AuditLog.open(folder, settings(HeadMemory.NONE));
  }

  static AuditEvent event(int i) {
    return AuditEvent.of(
        AuditAction.CONTAINER_STORE,
        AuditResult.SUCCEEDED,
        AuditSubject.of(AuditSubject.Kind.CONTAINER).withId("c-" + i));
  }

  /** A log with this many events. */
  static void write(Path folder, HeadMemory memory, int events) throws Exception {
    try (AuditLog log = AuditLog.open(folder, settings(memory))) {
      for (int i = 0; i < events; i++) {
        log.record(event(i));
      }
    }
  }

  static AuditReport verify(Path folder, AuditHead... heads) throws Exception {
    Verifier key = KeyFiles.readPublic(new LogFolder(folder).publicKey());
    return LogVerification.run(folder, key, List.of(heads), 1);
  }

  static List<Path> files(Path folder) throws IOException {
    return new ArrayList<>(new LogFolder(folder).files().values());
  }

  static List<String> lines(Path file) throws IOException {
    return new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  static void write(Path file, List<String> lines) throws IOException {
    Files.writeString(
        file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
  }

  static long entryOf(String line) {
    return LogLine.parse(line.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow().entry().number();
  }

  static List<AuditRecord> events(Path folder) throws Exception {
    List<AuditRecord> events = new ArrayList<>();
    new AuditReader(folder, new SecureRandom()).read(AuditFilter.ALL, events::add);
    return events;
  }

  /** Remembers in memory. */
  static final class Memory implements HeadMemory {
    private final Map<String, AuditHead> heads = new HashMap<>();

    @Override
    public synchronized List<AuditHead> heads(Path folder) {
      return List.copyOf(heads.values());
    }

    @Override
    public synchronized void remember(Path folder, AuditHead head) {
      heads.put(head.log(), head);
    }

    AuditHead only() {
      return heads.values().iterator().next();
    }
  }
}
