package uk.usbguard.core.audit;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.audit.AuditFinding.Kind;
import uk.usbguard.core.signing.SigningPurpose;
import uk.usbguard.core.signing.Verifier;

/**
 * Follows the chain line by line and says where it is broken, and how. After each break it goes on
 * from what it finds, so that one change gives one finding.
 */
final class ChainCheck {

  private final Verifier key;
  private final Anchors anchors;
  private final Findings findings = new Findings();
  private final Gaps gaps = new Gaps();

  private int fileNumber;
  private String file = "";
  private boolean fileBegun;
  private int files;

  /** The last line that the chain goes on from. */
  private long number;

  private String hash = LogLine.NO_HASH;

  /** The hash of the last line that was whole: a writer goes on from that one. */
  private String wholeHash = LogLine.NO_HASH;

  private long wholeNumber;

  private boolean broken;
  private @Nullable BadBytes bad;
  private @Nullable Held held;

  private String log = "";
  private long covered;
  private long every = Long.MAX_VALUE;

  /** Up to here a signature is there, or its absence has its reason in another finding. */
  private long signedOrTold;

  private long entries;
  private long checkpoints;
  private long clockBack;
  private @Nullable Instant from;
  private @Nullable Instant until;

  /** A line that came too early: skipped over, or moved, as the next one shows. */
  private record Held(LogLine line, String file, long at) {}

  /**
   * @param skipped entries before the first that is here; they are kept elsewhere
   */
  ChainCheck(Verifier key, Anchors anchors, boolean skipped) {
    this.key = key;
    this.anchors = anchors;
    this.broken = skipped;
    this.number = skipped ? -1 : 0;
  }

  /** Something else stands where a file of the log should be. */
  void notAFile(String name) {
    findings.add(Kind.NOT_A_FILE, 0, 0, name, 0);
  }

  void startFile(int newNumber, String name) {
    flushHeld();
    fileNumber = newNumber;
    file = name;
    fileBegun = false;
    files++;
  }

  void line(RawLines.Raw raw, long at) {
    Optional<LogLine> line = LogLine.parse(raw.bytes());
    if (line.isEmpty() || !line.get().isWhole()) {
      flushHeld();
      if (bad == null) {
        bad = new BadBytes(file, at);
      }
      bad.add(raw);
      line.ifPresent(edited -> edited(edited, at));
      return;
    }
    whole(line.get(), at);
  }

  /** It has the form of a line and its hash is wrong: the chain goes on from what it claims. */
  private void edited(LogLine line, long at) {
    findings.add(Kind.EDITED, number + 1, number + 1, file, at);
    number++;
    hash = line.hash();
    bad = null;
    signedOrTold = number;
    if (!fileBegun) {
      fileBegun = true;
      adopt(line.entry());
    }
  }

  private void whole(LogLine line, long at) {
    long expected = number + 1;
    Held early = held;
    held = null;
    if (number < 0) {
      number = line.entry().number() - 1; // the first one that is here
    } else if (early != null && line.entry().number() == expected) {
      long tooEarly = early.line().entry().number();
      findings.add(Kind.MOVED, tooEarly, tooEarly, early.file(), early.at());
      gaps.addEarly(tooEarly);
    } else if (early != null) {
      accept(early.line(), early.at(), early.file());
    } else if (bad == null && line.entry().number() > expected && fileBegun) {
      held = new Held(line, file, at);
      return;
    }
    accept(line, at, file);
  }

  private void flushHeld() {
    Held early = held;
    held = null;
    if (early != null) {
      accept(early.line(), early.at(), early.file());
    }
  }

  private void accept(LogLine line, long at, String where) {
    Entry entry = line.entry();
    if (!hash.equals(wholeHash) && line.previous().equals(wholeHash)) {
      number = wholeNumber; // a writer took what was edited at the end for torn
      hash = wholeHash;
    }
    if (entry.number() <= number) {
      boolean moved = gaps.fill(entry.number());
      findings.add(moved ? Kind.MOVED : Kind.REPEATED, entry.number(), entry.number(), where, at);
      bad = null;
      return;
    }
    boolean headerLost = bad != null && entry.kind() != EntryKind.LOG;
    checkPlace(line, at, where);
    if (!fileBegun && !headerLost) {
      checkHeader(entry, at, where);
    }
    fileBegun = true;
    number = entry.number();
    hash = line.hash();
    wholeHash = hash;
    wholeNumber = number;
    count(entry);
    anchors.met(log, number, hash, findings, where, at);
    if (entry.kind() == EntryKind.CHECKPOINT) {
      checkSignature(line, at, where);
    } else if (entry.kind() == EntryKind.ROLLBACK) {
      findings.add(Kind.ROLLED_BACK, number, number, where, at);
    }
    if (number - signedOrTold > every + 1) {
      findings.add(Kind.SIGNATURE_MISSING, signedOrTold + 1, number, where, at);
      signedOrTold = Long.MAX_VALUE; // until the next signature
    }
  }

  private void checkPlace(LogLine line, long at, String where) {
    Entry entry = line.entry();
    long expected = number + 1;
    boolean explained = broken;
    broken = false;
    BadBytes before = bad;
    bad = null;
    if (before != null || entry.number() > expected) {
      signedOrTold = Math.max(signedOrTold, entry.number() - 1);
    }
    if (before != null) {
      explained = true;
      if (entry.number() > expected) {
        findings.add(Kind.EDITED, expected, entry.number() - 1, before.file(), before.line());
      } else if (!before.isExplainedBy(entry)) {
        findings.add(Kind.FOREIGN_BYTES, expected, expected, before.file(), before.line());
      }
    } else if (entry.number() > expected) {
      explained = true;
      gaps.add(expected, entry.number() - 1, where, at);
    }
    boolean follows = line.previous().equals(hash) || line.previous().equals(wholeHash);
    if (!follows && !explained) {
      // Its own hash is right, so it is the line before that was replaced, hash and all.
      findings.add(Kind.EDITED, Math.max(1, number), Math.max(1, number), where, at);
    }
  }

  private void checkHeader(Entry entry, long at, String where) {
    String claimed = entry.get(Field.LOG).orElse("");
    boolean right =
        entry.kind() == EntryKind.LOG
            && entry.number(Field.VERSION) == 1
            && entry.number(Field.FILE) == fileNumber
            && entry.get(Field.KEY).equals(Optional.of(key.fingerprint()))
            && (log.isEmpty() || log.equals(claimed));
    if (!right) {
      findings.add(Kind.WRONG_HEADER, entry.number(), entry.number(), where, at);
    }
    adopt(entry);
  }

  private void adopt(Entry header) {
    if (log.isEmpty()) {
      log = header.get(Field.LOG).orElse("");
    }
    if (covered == 0) {
      covered = header.number() - 1;
      signedOrTold = covered;
    }
    long claimedEvery = header.number(Field.CHECKPOINT_EVERY);
    every =
        claimedEvery < 1
            ? 1
            : Math.min(claimedEvery, AuditSettings.Limits.MOST_ENTRIES_PER_CHECKPOINT);
  }

  private void checkSignature(LogLine line, long at, String where) {
    checkpoints++;
    byte[] signature;
    try {
      signature = Base64.getDecoder().decode(line.entry().get(Field.SIGNATURE).orElse(""));
    } catch (IllegalArgumentException e) {
      signature = new byte[0];
    }
    if (key.verifies(SigningPurpose.AUDIT_CHECKPOINT, line.signedContent(), signature)) {
      covered = number;
    } else {
      findings.add(Kind.NOT_SIGNED, covered + 1, number, where, at);
      covered = number; // the next one tells of what comes after this
    }
    signedOrTold = number;
  }

  private void count(Entry entry) {
    entries++;
    from = from == null ? entry.time() : from;
    until = entry.time();
    if (entry.number(Field.CLOCK_BACK) >= 0) {
      clockBack++;
    }
  }

  AuditReport finish() {
    flushHeld();
    BadBytes rest = bad;
    long torn = 0;
    if (rest != null && rest.canBeTorn()) {
      torn = rest.length();
    } else if (rest != null) {
      findings.add(Kind.EDITED, number + 1, number + 1, rest.file(), rest.line());
    }
    gaps.report(findings);
    anchors.finish(log, number, findings, file);
    Optional<AuditHead> head =
        AuditHead.parse(log + ":" + number + ":" + hash).filter(h -> h.entry() > 0);
    List<AuditFinding> all = findings.list();
    return new AuditReport(
        head,
        files,
        entries,
        checkpoints,
        Optional.ofNullable(from),
        Optional.ofNullable(until),
        Math.max(0, number - covered),
        torn,
        clockBack,
        all,
        findings.count());
  }
}
