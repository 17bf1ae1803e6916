package uk.usbguard.cli.command;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.SignOff;

/** Records that the owner signed the agreement. */
@Command(name = "signoff")
final class DeviceSignoffCommand extends DeviceDeed {

  @Option(names = "--name", required = true, paramLabel = "NAME", descriptionKey = "signoff-name")
  private String name = "";

  @Option(
      names = "--designation",
      required = true,
      paramLabel = "TEXT",
      descriptionKey = "signoff-designation")
  private String designation = "";

  @Option(
      names = "--organisation",
      required = true,
      paramLabel = "NAME",
      descriptionKey = "signoff-organisation")
  private String organisation = "";

  @Option(names = "--date", paramLabel = "DATE", descriptionKey = "signoff-date")
  private @Nullable LocalDate date;

  @Option(
      names = "--agreement",
      required = true,
      paramLabel = "VERSION",
      descriptionKey = "signoff-version")
  private String version = "";

  DeviceSignoffCommand(Workbench bench) {
    super(bench, Action.SIGN_OFF);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    LocalDate signed =
        date == null ? LocalDate.ofInstant(bench.clock().instant(), ZoneOffset.UTC) : date;
    return register.signOff(
        tag, new SignOff(name, designation, organisation, signed, version), act());
  }
}
