package uk.usbguard.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.console.Secrets;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.Report;
import uk.usbguard.core.audit.AuditDecision;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditSubject;

/** A command: it says its result and ends with 0, or throws what the exit code follows from. */
abstract class BaseCommand implements Callable<Integer> {

  final Workbench bench;

  @Mixin final OutputOptions options = new OutputOptions();

  BaseCommand(Workbench bench) {
    this.bench = bench;
  }

  /** What this command's doings are recorded with; null before it runs and if they are not. */
  private @Nullable Auditing auditing;

  @Override
  public final Integer call() throws Exception {
    Output output = options.output(bench);
    Optional<Audited> audited = audited();
    if (audited.isEmpty()) {
      run(output);
      return 0;
    }
    Auditing recording = new Auditing(bench, output, audited.get());
    auditing = recording;
    recording.run(() -> run(output));
    return 0;
  }

  /** How the audit log calls what this does; nothing if it is not worth recording. */
  Optional<Audited> audited() {
    return Optional.empty();
  }

  /** It turned out what it is about. */
  final void isAbout(AuditSubject subject) {
    if (auditing != null) {
      auditing.about(subject);
    }
  }

  /** A policy decided it so. */
  final void isDecidedBy(AuditDecision decision) {
    if (auditing != null) {
      auditing.decidedBy(decision);
    }
  }

  /** It does its work, but records that something did not succeed. */
  final void recordsFailure(String reason) {
    if (auditing != null) {
      auditing.notAchieved(reason);
    }
  }

  /** Something else that happened by it. */
  final void alsoRecord(AuditEvent event) {
    if (auditing != null) {
      auditing.also(event);
    }
  }

  /** The entry of the audit log with which it began; the largest number if it is not recorded. */
  final long recordedFrom() {
    return auditing == null ? Long.MAX_VALUE : auditing.entry();
  }

  /** Does it. */
  abstract void run(Output output) throws Exception;

  final Secrets secrets() {
    return new Secrets(bench.terminal(), bench.texts());
  }

  /** A stream of results can be long: what is there is shown. */
  final void stream(Output output, Report report) {
    output.result(report);
  }
}
