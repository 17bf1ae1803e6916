package uk.usbguard.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditFilter;
import uk.usbguard.core.audit.AuditRecord;
import uk.usbguard.core.audit.AuditResult;

/** Which entries of the audit log are wanted. */
final class AuditFilterOptions {

  @Option(names = "--since", paramLabel = "TIME", descriptionKey = "audit-since")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", descriptionKey = "audit-until")
  private @Nullable String until;

  @Option(names = "--action", paramLabel = "ACTION", descriptionKey = "audit-action")
  private @Nullable String action;

  @Option(names = "--result", paramLabel = "RESULT", descriptionKey = "audit-result")
  private @Nullable String result;

  @Option(names = "--device", paramLabel = "DEVICE", descriptionKey = "audit-device")
  private @Nullable String device;

  @Option(names = "--name", paramLabel = "PATH", descriptionKey = "audit-name")
  private @Nullable String name;

  @Mixin private final RegisterOptions register = new RegisterOptions();

  AuditFilter filter(Workbench bench, Output output) throws Exception {
    if (action != null && AuditAction.of(action).isEmpty()) {
      throw new CommandException(ExitCode.USAGE, "no-such-action", Printable.name(action));
    }
    if (result != null
        && AuditResult.of(result).isEmpty()
        && !result.equals(AuditRecord.UNFINISHED)) {
      throw new CommandException(ExitCode.USAGE, "no-such-result", Printable.name(result));
    }
    Instant from = since == null ? null : time(since, bench);
    Instant to = until == null ? null : time(until, bench);
    if (from != null && to != null && from.isAfter(to)) {
      throw new CommandException(
          ExitCode.USAGE,
          "since-after-until",
          Printable.name(String.valueOf(since)),
          Printable.name(String.valueOf(until)));
    }
    return new AuditFilter(
        from, to, action, result, devices(bench, output), name == null ? null : bench.name(name));
  }

  /** What was typed, and the tags of the drives of that identity or serial in the register. */
  private Set<String> devices(Workbench bench, Output output) throws Exception {
    String typed = device;
    if (typed == null) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>(Set.of(typed));
    register
        .useIfThere(bench, output, open -> open.named(typed))
        .ifPresent(drives -> drives.forEach(drive -> names.add(drive.tag().toString())));
    return names;
  }

  /** With a zone, or a day as it begins where the person is. */
  private static Instant time(String text, Workbench bench) throws CommandException {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(bench.texts().zone()).toInstant();
    } catch (DateTimeException e) {
      throw new CommandException(ExitCode.USAGE, "no-such-time", Printable.name(text));
    }
  }
}
