package uk.usbguard.cli.command;

import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.HandoverItem;

/** Records what was done when the drive was handed over. */
@Command(name = "handover")
final class DeviceHandoverCommand extends DeviceDeed {

  @Option(names = "--duties-explained", descriptionKey = "handover-duties")
  private boolean duties;

  @Option(names = "--features-explained", descriptionKey = "handover-features")
  private boolean features;

  @Option(names = "--own-passphrase-set", descriptionKey = "handover-passphrase")
  private boolean passphrase;

  DeviceHandoverCommand(Workbench bench) {
    super(bench, Action.HANDOVER);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    Set<HandoverItem> done = EnumSet.noneOf(HandoverItem.class);
    add(done, duties, HandoverItem.DUTIES);
    add(done, features, HandoverItem.FEATURES);
    add(done, passphrase, HandoverItem.PASSPHRASE);
    return register.handOver(tag, done, act());
  }

  private static void add(Set<HandoverItem> done, boolean said, HandoverItem item) {
    if (said) {
      done.add(item);
    }
  }
}
