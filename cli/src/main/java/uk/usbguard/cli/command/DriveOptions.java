package uk.usbguard.cli.command;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.Scanning;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.guard.DriveFacts;
import uk.usbguard.core.guard.Plugged;
import uk.usbguard.core.guard.Plugged.Content;
import uk.usbguard.core.media.MediumReport;
import uk.usbguard.core.media.Patience;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterListener;
import uk.usbguard.core.registry.RegisterSettings;

/** What is said of the drive at {@code --medium}, of which a policy is asked. */
final class DriveOptions {

  @Option(names = "--device", paramLabel = "DEVICE", descriptionKey = "explain-device")
  private @Nullable String named;

  @Option(names = "--user", paramLabel = "PERSON", descriptionKey = "explain-user")
  private @Nullable String user;

  @Option(names = "--level", paramLabel = "LEVEL", descriptionKey = "explain-level")
  private @Nullable String level;

  /**
   * What was found.
   *
   * @param serviceDesk how to reach it, from the register; empty if there is none
   * @param subject as the audit log calls it: the drive's tag, or the hash of the medium's path
   */
  record Seen(Facts facts, String serviceDesk, AuditSubject subject) {}

  /** The first of these options that is given; they mean nothing without a medium. */
  Optional<String> given() {
    if (named != null) {
      return Optional.of("--device");
    }
    if (user != null) {
      return Optional.of("--user");
    }
    return level == null ? Optional.empty() : Optional.of("--level");
  }

  /** What is asked about, before the register was read. */
  static AuditSubject subject(Workbench bench, String medium) {
    return AuditSubject.of(AuditSubject.Kind.MEDIUM).withName(bench.name(medium));
  }

  /** Looks at the medium and, where there is one, into the register. */
  Seen look(Workbench bench, Output output, String medium, RegisterOptions at) throws Exception {
    MediumReport report =
        new Scanning(false, Patience.usual(bench.nanoTime())).look(bench.path(medium), medium);
    String drive = named;
    if (drive != null) {
      return at.use(
          bench,
          false,
          RegisterListener.NONE,
          register -> registered(bench, report, register, drive));
    }
    Optional<Seen> known =
        at.useIfThere(
            bench,
            output,
            register -> {
              boolean revoked = register.isRevoked(report.fingerprints());
              return stranger(bench, medium, Content.of(report, revoked), register.settings());
            });
    return known.isPresent()
        ? known.get()
        : stranger(bench, medium, Content.of(report, false), RegisterSettings.DEFAULT);
  }

  private Seen registered(
      Workbench bench, MediumReport report, DeviceRegister register, String drive)
      throws Exception {
    Device device = register.get(RegisterCommand.tag(register, drive));
    String person = user == null ? device.holder().owner() : user;
    Content content = Content.of(report, register.isRevoked(report.fingerprints()));
    RegisterSettings settings = register.settings();
    return new Seen(
        DriveFacts.of(
            device, new Plugged(content, shown(), person, bench.clock().instant()), settings),
        settings.organisation().serviceDesk(),
        RegisterChange.device(device.tag().toString()));
  }

  private Seen stranger(Workbench bench, String medium, Content content, RegisterSettings settings)
      throws CommandException {
    String person = user == null ? "" : user;
    return new Seen(
        DriveFacts.ofStranger(
            new Plugged(content, shown(), person, bench.clock().instant()), settings),
        settings.organisation().serviceDesk(),
        subject(bench, medium));
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
