package uk.usbguard.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.SharedIdentity;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.registry.DeviceRegister;

/** Lists identities that several drives in use have. */
@Command(name = "findings")
final class DeviceFindingsCommand extends RegisterCommand {

  DeviceFindingsCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    Optional<DeviceIdentity> last = Optional.empty();
    List<DeviceIdentity> page;
    do {
      page = register.sharedIdentities(last);
      for (DeviceIdentity identity : page) {
        List<String> tags =
            register.withIdentity(identity).stream().map(device -> device.tag().text()).toList();
        stream(output, new SharedIdentity(identity.key(), tags));
        last = Optional.of(identity);
      }
    } while (page.size() == DeviceRegister.MAX_PAGE);
  }
}
