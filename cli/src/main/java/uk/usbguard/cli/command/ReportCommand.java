package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.evidence.CsvPack;
import uk.usbguard.cli.evidence.HtmlPack;
import uk.usbguard.cli.evidence.PackFiles;
import uk.usbguard.cli.evidence.PdfPack;
import uk.usbguard.cli.evidence.ReportFormat;
import uk.usbguard.cli.evidence.Wording;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.ReportWritten;
import uk.usbguard.cli.text.BuildVersion;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.evidence.EvidenceCollector;
import uk.usbguard.core.evidence.EvidencePack;
import uk.usbguard.core.evidence.LogFacts;
import uk.usbguard.core.evidence.Provenance;
import uk.usbguard.core.evidence.ReportKind;
import uk.usbguard.core.registry.DeviceRegister;

/** Writes a report for information governance: AUD-05. Changes nothing but that file. */
@Command
final class ReportCommand extends RegisterChange {

  private final ReportKind kind;

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ReportPolicy policy = new ReportPolicy();

  @Option(names = "--audit-key", paramLabel = "FILE", descriptionKey = "audit-key")
  private @Nullable String auditKey;

  ReportCommand(Workbench bench, ReportKind kind) {
    super(bench, AuditAction.EVIDENCE_REPORT);
    this.kind = kind;
  }

  /** Which report it is stands in the log; the name of the file as its hash. */
  @Override
  AuditSubject subject() {
    return super.subject()
        .withId(kind.name().toLowerCase(Locale.ROOT))
        .withName(bench.name(report.to()));
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    ReportFormat format = report.format();
    PackFiles files = new PackFiles(report.isOverwrite());
    files.check(report.target(bench));
    EvidencePack pack =
        new EvidenceCollector(
                register, provenance(register), policy.facts(bench, output), log(output))
            .collect(kind);
    List<Path> written = write(format, pack, files);
    output.result(ReportWritten.of(pack, format.label(), report.to(), written.size()));
  }

  private Provenance provenance(DeviceRegister register) throws IOException, UsbguardException {
    Instant now = bench.clock().instant();
    RegisterOptions.Place place = at.place(bench);
    return new Provenance(
        now,
        now.atZone(ZoneOffset.UTC).minusYears(1).toInstant(),
        register.settings().organisation().name(),
        actor(),
        BuildVersion.text(),
        bench.profile().get().modules(),
        place.kind(),
        place.name());
  }

  /** The log of this account or the one that was named; only the whole evidence needs it. */
  private Optional<LogFacts> log(Output output) throws IOException, UsbguardException {
    Optional<Path> folder = audit.folderOfLog(bench);
    if (kind != ReportKind.EVIDENCE || folder.isEmpty()) {
      return Optional.empty();
    }
    AuditVerifying verifying =
        new AuditVerifying(bench).with(auditKey == null ? null : bench.path(auditKey));
    var verified = verifying.run(folder.get());
    if (!verified.isSound()) {
      output.warning("report-log-not-sound", bench.texts().number(verified.findingCount()));
    }
    return Optional.of(
        new LogFacts(
            verified,
            verifying.key(folder.get()).fingerprint(),
            new AuditReader(folder.get(), bench.random().get()).before(recordedFrom())));
  }

  private List<Path> write(ReportFormat format, EvidencePack pack, PackFiles files)
      throws IOException {
    Wording words = new Wording(bench.texts().zone());
    Path target = report.target(bench);
    switch (format) {
      case HTML ->
          files.file(target, HtmlPack.render(pack, words).getBytes(StandardCharsets.UTF_8));
      case PDF -> files.file(target, PdfPack.render(pack, words));
      case CSV -> {
        return files.folder(target, CsvPack.render(pack, words));
      }
    }
    return List.of(target);
  }
}
