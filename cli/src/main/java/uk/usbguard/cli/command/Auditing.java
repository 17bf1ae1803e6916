package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.failure.FailureDescriber;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.state.FileHeadMemory;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditDecision;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditException;
import uk.usbguard.core.audit.AuditLog;
import uk.usbguard.core.audit.AuditScope;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.audit.LogVerification;
import uk.usbguard.core.error.UsbguardException;

/**
 * Records what a command does, where a log was begun or one is named. A log that cannot be written
 * does not keep staff from their data: it is a warning, unless the log was named on the command
 * line.
 */
final class Auditing {

  /** A command's own work. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private final Workbench bench;
  private final Output output;
  private final Audited audited;
  private @Nullable AuditLog log;
  private @Nullable AuditScope scope;
  private @Nullable String notAchieved;
  private final List<AuditEvent> more = new ArrayList<>();

  Auditing(Workbench bench, Output output, Audited audited) {
    this.bench = bench;
    this.output = output;
    this.audited = audited;
  }

  void run(Work work) throws Exception {
    begin();
    try {
      work.run();
      if (scope != null) {
        succeeded(scope);
      }
    } catch (Exception e) { // to say why, whatever it is; it goes on its way
      failed(e);
      throw e;
    } finally {
      end();
    }
  }

  /** It turned out what it is about. */
  void about(AuditSubject subject) {
    if (scope != null) {
      scope.about(subject);
    }
  }

  /** A policy decided it so. */
  void decidedBy(AuditDecision decision) {
    if (scope != null) {
      scope.decidedBy(decision);
    }
  }

  /** The command does its work, but what it records did not succeed. */
  void notAchieved(String reason) {
    notAchieved = reason;
  }

  /** Something else that happened by it. */
  void also(AuditEvent event) {
    more.add(event);
  }

  /** The number of the entry with which it began; the largest of all if it is not recorded. */
  long entry() {
    return scope == null ? Long.MAX_VALUE : scope.entry();
  }

  private void succeeded(AuditScope done) {
    if (notAchieved == null) {
      done.succeeded();
    } else {
      done.failed(notAchieved);
    }
  }

  private void begin() throws IOException, UsbguardException {
    warnIfGone();
    Optional<Path> folder =
        audited.reading()
            ? audited.where().folderOfLog(bench)
            : audited.where().folderToRecordIn(bench);
    if (folder.isEmpty()) {
      return;
    }
    try {
      AuditLog opened = AuditLog.open(folder.get(), bench.audit(audited.actor()));
      log = opened;
      scope = opened.begin(audited.action(), audited.subject());
    } catch (IOException | AuditException e) {
      notRecorded(e);
    }
  }

  /** A log that was removed looks like one that was never begun, but for what is remembered. */
  private void warnIfGone() throws IOException, AuditException {
    Path folder = audited.where().folder(bench);
    try {
      LogVerification.gone(folder, new FileHeadMemory(bench.state()).heads(folder))
          .ifPresent(report -> output.warning("audit-gone", Printable.name(folder.toString())));
    } catch (IOException e) {
      notRecorded(e);
    }
  }

  private void failed(Exception thrown) {
    if (scope == null) {
      return;
    }
    Optional<Failure> failure = new FailureDescriber(bench.texts()).describe(thrown, "");
    String reason = failure.map(Failure::id).orElse("bug");
    if (failure.isPresent() && failure.get().code() == ExitCode.DENIED) {
      scope.denied(reason);
    } else {
      scope.failed(reason);
    }
  }

  private void end() throws IOException, UsbguardException {
    try {
      closeBoth();
    } catch (IOException | AuditException e) {
      notRecorded(e);
    }
  }

  private void closeBoth() throws IOException, AuditException {
    try {
      if (log != null) {
        for (AuditEvent event : more) {
          log.record(event);
        }
      }
      if (scope != null) {
        scope.close();
      }
    } finally {
      if (log != null) {
        log.close();
      }
    }
  }

  private void notRecorded(Exception failure) throws IOException, AuditException {
    boolean insisted = audited.where().isGiven() && !audited.reading();
    if (insisted && failure instanceof IOException e) {
      throw e;
    }
    if (insisted && failure instanceof AuditException e) {
      throw e;
    }
    String reason =
        new FailureDescriber(bench.texts())
            .describe(failure, "")
            .map(Failure::message)
            .orElse(failure.toString());
    output.warning("audit-not-recorded", reason);
  }
}
