package uk.usbguard.core.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Consumer;
import uk.usbguard.core.signing.Signer;
import uk.usbguard.core.signing.SigningPurpose;

/** The end of the chain, and how it goes on. Owned by the one writer. */
final class Chain {

  private final Clock clock;
  private final String log;
  private long number;
  private String hash;
  private Instant time;
  private int uncovered;

  private Chain(Clock clock, String log, long number, String hash, Instant time, int uncovered) {
    this.clock = clock;
    this.log = log;
    this.number = number;
    this.hash = hash;
    this.time = time;
    this.uncovered = uncovered;
  }

  /** A log that has no entry yet. */
  static Chain begin(Clock clock, String log) {
    return new Chain(clock, log, 0, LogLine.NO_HASH, Instant.MIN, 0);
  }

  /** Goes on behind a line. */
  static Chain after(Clock clock, String log, LogLine last) {
    Entry entry = last.entry();
    int uncovered = entry.kind() == EntryKind.CHECKPOINT ? 0 : 1;
    return new Chain(clock, log, entry.number(), last.hash(), entry.time(), uncovered);
  }

  /** How many entries no checkpoint covers; after a line that is none, at least one. */
  int uncovered() {
    return uncovered;
  }

  String log() {
    return log;
  }

  AuditHead head() {
    return new AuditHead(log, number, hash);
  }

  long number() {
    return number;
  }

  /** The next line. A clock that went back is written down and changes nothing else. */
  byte[] next(EntryKind kind, Consumer<Entry.Builder> fields) {
    Entry.Builder entry = entry(kind);
    fields.accept(entry);
    uncovered++;
    return link(entry.build());
  }

  /** The next line: a signature over everything so far. */
  byte[] checkpoint(String cause, Signer signer) {
    Entry.Builder entry = entry(EntryKind.CHECKPOINT).put(Field.CAUSE, cause);
    byte[] content = LogLine.signedContent(hash, entry.build());
    byte[] signature = signer.bytes(SigningPurpose.AUDIT_CHECKPOINT, content);
    entry.put(Field.SIGNATURE, Base64.getEncoder().encodeToString(signature));
    uncovered = 0;
    return link(entry.build());
  }

  private Entry.Builder entry(EntryKind kind) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Entry.Builder entry = new Entry.Builder(number + 1, now, kind);
    if (now.isBefore(time)) {
      entry.put(Field.CLOCK_BACK, Duration.between(now, time).toMillis());
    }
    time = now;
    return entry;
  }

  private byte[] link(Entry entry) {
    LogLine line = LogLine.of(hash, entry);
    number = entry.number();
    hash = line.hash();
    return line.bytes();
  }
}
