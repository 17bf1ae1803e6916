package uk.usbguard.cli.command;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.RegisterFailures;
import uk.usbguard.cli.render.DeviceReport;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Act;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.Refusal;
import uk.usbguard.core.registry.RegisterEvent;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterRefusedException;

/** A command on the register. */
abstract class RegisterCommand extends BaseCommand {

  @Mixin final RegisterOptions at = new RegisterOptions();

  @Option(
      names = "--as",
      paramLabel = "PERSON",
      defaultValue = "${sys:user.name}",
      descriptionKey = "as")
  private String actor = "";

  @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
  private String reason = "";

  RegisterCommand(Workbench bench) {
    super(bench);
  }

  /** Whether a register that is not there is made. */
  boolean creates() {
    return false;
  }

  @Override
  final void run(Output output) throws Exception {
    at.use(
        bench,
        creates(),
        this::heard,
        register -> {
          run(register, output);
          backUp(register, output);
          return true;
        });
  }

  /** What was done is saved by now: a copy that fails does not undo it. */
  private void backUp(DeviceRegister register, Output output) {
    try {
      register.backUpIfDue();
    } catch (RegisterFailedException e) {
      output.warning("register-no-backup", new RegisterFailures(bench.texts()).why(e));
    }
  }

  /** Does it. */
  abstract void run(DeviceRegister register, Output output) throws Exception;

  /** The register did something, or refused it. */
  void heard(RegisterEvent event) {
    // who only looks hears nothing
  }

  final String actor() {
    return actor;
  }

  final Act act() {
    return new Act(actor, reason);
  }

  /** The drive that was named by its tag or its identity. */
  static AssetTag tag(DeviceRegister register, String named) throws UsbguardException {
    if (!DeviceIdentity.isKey(named)) {
      return AssetTag.of(named);
    }
    DeviceIdentity identity;
    try {
      identity = DeviceIdentity.parse(named);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "no-identity", Printable.name(named));
    }
    List<Device> found = register.withIdentity(identity);
    if (found.size() > 1) {
      throw new RegisterRefusedException(
          Refusal.SEVERAL_DEVICES, named, found.get(0).tag() + ", " + found.get(1).tag());
    }
    if (found.isEmpty()) {
      throw new RegisterRefusedException(Refusal.NO_SUCH_DEVICE, named);
    }
    return found.get(0).tag();
  }

  static void show(DeviceRegister register, Output output, String action, Device device)
      throws UsbguardException {
    output.result(DeviceReport.of(action, device, register.fitness(device), List.of()));
  }
}
