package uk.usbguard.cli.command;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.DeviceLine;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceFilter;
import uk.usbguard.core.registry.DeviceRegister;

/** Lists drives in the order of their tags. */
@Command(name = "list")
final class DeviceListCommand extends RegisterCommand {

  @Mixin private final FilterOptions filter = new FilterOptions();

  @Option(names = "--after", paramLabel = "TAG", descriptionKey = "list-after")
  private @Nullable String after;

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "list-limit")
  private long limit = Long.MAX_VALUE;

  DeviceListCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    if (limit < 1) {
      throw new CommandException(ExitCode.USAGE, "no-limit", limit);
    }
    DeviceFilter wanted = filter.filter();
    Optional<AssetTag> last = Optional.empty();
    if (after != null) {
      last = Optional.of(AssetTag.of(after));
    }
    List<Device> page;
    long left = limit;
    do {
      int size = (int) Math.min(left, DeviceRegister.MAX_PAGE);
      page = register.list(wanted, last, size);
      for (Device device : page) {
        stream(output, DeviceLine.of(device));
        last = Optional.of(device.tag());
      }
      left -= page.size();
    } while (page.size() == DeviceRegister.MAX_PAGE && left > 0);
  }
}
