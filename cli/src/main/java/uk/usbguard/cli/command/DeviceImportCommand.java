package uk.usbguard.cli.command;

import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.NamedFile;
import uk.usbguard.cli.failure.RegisterFailures;
import uk.usbguard.cli.render.DeviceImport;
import uk.usbguard.cli.render.DeviceLeftOut;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.CsvSource;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.EntrySource;
import uk.usbguard.core.registry.ImportResult;
import uk.usbguard.core.registry.JsonSource;

/** Adds the drives of a file. */
@Command(name = "import")
final class DeviceImportCommand extends RegisterChange {

  @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "import-file")
  private Path file = Path.of("");

  @Mixin private final FileFormat format = new FileFormat();

  DeviceImportCommand(Workbench bench) {
    super(bench, Action.IMPORT);
  }

  @Override
  AuditSubject subject() {
    return super.subject().withName(bench.name(file.toString()));
  }

  @Override
  boolean creates() {
    return true;
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    ImportResult result;
    try (InputStream in = NamedFile.open(bench.path(file.toString()))) {
      EntrySource source = format.isJson(file) ? new JsonSource(in) : new CsvSource(in);
      RegisterFailures failures = new RegisterFailures(bench.texts());
      result =
          register.importFrom(
              source,
              (line, tag, why) ->
                  output.result(new DeviceLeftOut(line, tag, failures.refused(why).message())),
              act());
    }
    output.result(
        new DeviceImport(
            result.added(),
            result.unchanged(),
            result.leftOut(),
            result.sharedIdentities(),
            result.weakSerials()));
    if (result.leftOut() > 0) {
      throw new CommandException(ExitCode.CANNOT_CREATE, "register-left-out", result.leftOut());
    }
  }
}
