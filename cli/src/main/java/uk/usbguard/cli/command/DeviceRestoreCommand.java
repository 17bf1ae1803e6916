package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.Confirmation;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.RegisterRestored;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterEnvironment;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterListener;

/** Puts the last good backup in the place of a damaged register. */
@Command(name = "restore")
final class DeviceRestoreCommand extends BaseCommand {

  @Mixin private final RegisterOptions at = new RegisterOptions();

  @Option(names = "--from", paramLabel = "FILE", descriptionKey = "restore-from")
  private @Nullable Path from;

  @Option(names = "--yes", descriptionKey = "yes")
  private boolean yes;

  @Mixin private final AuditOptions audit = new AuditOptions();

  DeviceRestoreCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    return Optional.of(
        new Audited(
            AuditAction.REGISTER_RESTORE, AuditSubject.of(AuditSubject.Kind.REGISTER), audit));
  }

  @Override
  void run(Output output) throws Exception {
    Path file = at.file(bench);
    if (!yes) {
      new Confirmation(bench.terminal(), bench.texts())
          .typed("confirm.restore", String.valueOf(file.getFileName()));
    }
    Path wanted = from;
    try {
      var restored =
          DeviceRegister.restore(
              file,
              wanted == null ? Optional.empty() : Optional.of(bench.path(wanted.toString())),
              new RegisterEnvironment(
                  bench.clock(), RegisterListener.NONE, RegisterEnvironment.PATIENCE));
      output.result(
          new RegisterRestored(file.toString(), restored.backup().toString(), restored.madeAt()));
    } catch (RegisterFailedException e) {
      throw at.unusable(bench, e);
    }
  }
}
