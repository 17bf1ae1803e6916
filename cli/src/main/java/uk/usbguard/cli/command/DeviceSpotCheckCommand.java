package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.SampleSeed;
import uk.usbguard.core.registry.SpotCheck;

/** Records what was found of one drive of a sample: AUD-06. */
@Command(name = "spot-check")
final class DeviceSpotCheckCommand extends DeviceDeed {

  @Option(
      names = "--sample",
      paramLabel = "SEED",
      descriptionKey = "spot-check-sample",
      converter = SeedWord.class,
      required = true)
  private SampleSeed sample = new SampleSeed("0");

  @Option(
      names = "--result",
      paramLabel = "found|missing|differs",
      descriptionKey = "spot-check-result",
      converter = SpotCheckWord.class,
      required = true)
  private SpotCheck result = SpotCheck.MISSING;

  DeviceSpotCheckCommand(Workbench bench) {
    super(bench, Action.SPOT_CHECK);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    return register.spotCheck(tag, sample, result, act());
  }
}
