package uk.usbguard.cli.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.render.DeviceExport;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.registry.CsvSink;
import uk.usbguard.core.registry.DeviceFilter;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.EntrySink;
import uk.usbguard.core.registry.JsonSink;

/** Writes drives to a file, or to standard output. */
@Command(name = "export")
final class DeviceExportCommand extends RegisterChange {

  @Mixin private final FilterOptions filter = new FilterOptions();

  @Mixin private final FileFormat format = new FileFormat();

  @Option(names = "--to", paramLabel = "FILE", descriptionKey = "export-to")
  private @Nullable Path to;

  DeviceExportCommand(Workbench bench) {
    super(bench, AuditAction.DEVICE_EXPORT);
  }

  @Override
  AuditSubject subject() {
    return to == null ? super.subject() : super.subject().withName(bench.name(to.toString()));
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    DeviceFilter wanted = filter.filter();
    boolean json = format.isJson(to);
    Path file = to;
    if (file == null) {
      bench.terminal().out().flush();
      Writer out =
          new BufferedWriter(
              new OutputStreamWriter(bench.terminal().rawOut(), StandardCharsets.UTF_8));
      register.exportTo(sink(out, json), wanted);
      return;
    }
    long count;
    try (Writer out =
        Files.newBufferedWriter(
            bench.path(file.toString()), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
      count = register.exportTo(sink(out, json), wanted);
    }
    output.result(new DeviceExport(file.toString(), count));
  }

  private static EntrySink sink(Writer out, boolean json) throws IOException {
    return json ? new JsonSink(out) : new CsvSink(out);
  }
}
