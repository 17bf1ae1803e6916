package uk.usbguard.cli.command;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.HostCheck;
import uk.usbguard.core.registry.HostCheck.HostFinding;
import uk.usbguard.core.registry.Organisation;

/** Records that a managed PC saw the drive, and what that PC says of itself. */
@Command(name = "check-in")
final class DeviceCheckInCommand extends DeviceDeed {

  @Option(
      names = "--seen",
      paramLabel = "TIME",
      converter = ZonedTime.class,
      descriptionKey = "check-in-seen")
  private @Nullable OffsetDateTime seen;

  @ArgGroup(exclusive = false)
  private @Nullable Host host;

  private @Nullable Device changed;

  /** Said of the PC. The software's version alone is enough; the rest counts as not known. */
  static final class Host {
    @Option(
        names = "--software",
        required = true,
        paramLabel = "VERSION",
        descriptionKey = "check-in-software")
    private String software = "";

    @Option(names = "--policy-version", paramLabel = "N", descriptionKey = "check-in-policy")
    private String policy = "";

    @Option(names = "--antivirus-days", paramLabel = "N", descriptionKey = "check-in-antivirus")
    private @Nullable Integer antivirusDays;

    @Option(names = "--pending-updates", paramLabel = "N", descriptionKey = "check-in-updates")
    private int pendingUpdates;
  }

  DeviceCheckInCommand(Workbench bench) {
    super(bench, Action.CHECK_IN);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    super.run(register, output);
    warnOfLost(register, output);
    Host said = host;
    if (said != null) {
      String desk = Printable.name(register.settings().organisation().serviceDesk());
      for (HostFinding finding : check(said).findings()) {
        output.warning(finding.label(), desk, count(finding, said));
      }
    }
  }

  /** INC-06: somebody has it in their hands. */
  private void warnOfLost(DeviceRegister register, Output output) throws UsbguardException {
    Device device = changed;
    if (device != null && device.state() == LifecycleState.LOST) {
      Organisation organisation = register.settings().organisation();
      output.warning(
          "seen-lost",
          Printable.name(device.tag().text()),
          Printable.name(organisation.serviceDesk()),
          Printable.name(organisation.governance()));
    }
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    Instant when = seen == null ? bench.clock().instant() : seen.toInstant();
    Host said = host;
    Device device =
        said == null
            ? register.checkIn(tag, when, act())
            : register.checkIn(tag, when, check(said), act());
    changed = device;
    return device;
  }

  private static Object count(HostFinding finding, Host said) {
    return finding == HostFinding.UPDATES_PENDING
        ? said.pendingUpdates
        : String.valueOf(said.antivirusDays);
  }

  private static HostCheck check(Host said) throws CommandException {
    try {
      return new HostCheck(said.antivirusDays, said.software, said.policy, said.pendingUpdates);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "check-in-numbers");
    }
  }
}
