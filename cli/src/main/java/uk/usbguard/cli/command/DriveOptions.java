package uk.usbguard.cli.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.Scanning;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.guard.DriveFacts;
import uk.usbguard.core.guard.Plugged;
import uk.usbguard.core.media.Patience;
import uk.usbguard.core.media.Verdict;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterListener;
import uk.usbguard.core.registry.RegisterSettings;

/** A drive of which a policy is asked: what is on it, and which one of the register it is. */
final class DriveOptions {

  @Option(
      names = "--medium",
      required = true,
      paramLabel = "TARGET",
      descriptionKey = "explain-medium")
  private String medium = "";

  @Option(names = "--device", paramLabel = "DEVICE", descriptionKey = "explain-device")
  private @Nullable String named;

  @Option(names = "--user", paramLabel = "PERSON", descriptionKey = "explain-user")
  private @Nullable String user;

  @Option(names = "--level", paramLabel = "LEVEL", descriptionKey = "explain-level")
  private @Nullable String level;

  /** Looks at the medium and into the register. */
  Facts facts(Workbench bench, RegisterOptions at) throws Exception {
    Verdict verdict =
        new Scanning(false, Patience.usual(bench.nanoTime()))
            .look(bench.path(medium), medium)
            .verdict();
    String drive = named;
    if (drive == null) {
      String person = user == null ? "" : user;
      return DriveFacts.ofStranger(
          new Plugged(verdict, shown(), person, bench.clock().instant()), RegisterSettings.DEFAULT);
    }
    try (DeviceRegister register = at.open(bench, false, RegisterListener.NONE)) {
      Device device = register.get(RegisterCommand.tag(register, drive));
      String person = user == null ? device.holder().owner() : user;
      return DriveFacts.of(
          device,
          new Plugged(verdict, shown(), person, bench.clock().instant()),
          register.settings());
    }
  }

  private IdentityLevel shown() throws CommandException {
    String typed = level;
    if (typed == null) {
      return IdentityLevel.SECRET;
    }
    for (IdentityLevel level : IdentityLevel.values()) {
      if (level.label().equals(typed.toUpperCase(Locale.ROOT))) {
        return level;
      }
    }
    throw new CommandException(ExitCode.USAGE, "no-such-level", Printable.name(typed));
  }
}
