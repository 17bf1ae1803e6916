package uk.usbguard.cli.command;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.BuildVersion;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditFilter;
import uk.usbguard.core.audit.AuditFormat;
import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.CefFormat;
import uk.usbguard.core.audit.JsonLineFormat;
import uk.usbguard.core.audit.SyslogFormat;

/** Writes what is recorded for another system, one line an entry. */
@Command(name = "export")
final class AuditExportCommand extends BaseCommand {

  @Mixin private final AuditOptions audit = new AuditOptions();
  @Mixin private final AuditFilterOptions filters = new AuditFilterOptions();

  @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "audit-format")
  private String format = "json";

  AuditExportCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    return Optional.of(Audited.reading(AuditAction.AUDIT_EXPORT, audit));
  }

  @Override
  void run(Output output) throws Exception {
    AuditFormat lines = chosen();
    AuditFilter filter = filters.filter(bench, output);
    long unreadable =
        new AuditReader(audit.folder(bench), bench.random().get())
            .before(recordedFrom())
            .read(filter, event -> bench.terminal().out().println(lines.line(event)));
    if (unreadable > 0) {
      output.warning("audit-unreadable", unreadable);
    }
  }

  private AuditFormat chosen() throws IOException, CommandException {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "json" -> new JsonLineFormat();
      case "cef" -> new CefFormat(BuildVersion.number());
      case "syslog" -> new SyslogFormat();
      default ->
          throw new CommandException(ExitCode.USAGE, "no-such-format", Printable.name(format));
    };
  }
}
