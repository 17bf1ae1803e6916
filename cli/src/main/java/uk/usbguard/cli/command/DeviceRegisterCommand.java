package uk.usbguard.cli.command;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.UsbId;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.DataClass;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.Hardware;
import uk.usbguard.core.registry.Justification;
import uk.usbguard.core.registry.Registration;

/** Enters a drive. */
@Command(name = "register")
final class DeviceRegisterCommand extends RegisterChange {

  private static final int REVIEW_MONTHS = 12;

  @Parameters(index = "0", paramLabel = "TAG", descriptionKey = "device-tag")
  private String tag = "";

  @Option(names = "--model", required = true, paramLabel = "VVVV:PPPP", descriptionKey = "model")
  private String model = "";

  @Option(names = "--serial", paramLabel = "TEXT", descriptionKey = "serial")
  private String serial = "";

  @Option(names = "--capacity", paramLabel = "BYTES", descriptionKey = "capacity")
  private long capacity;

  @Option(names = "--descriptor-digest", paramLabel = "TEXT", descriptionKey = "descriptor-digest")
  private String descriptorDigest = "";

  @ArgGroup private @Nullable FingerprintOptions container;

  @Mixin private final HolderOptions holder = new HolderOptions();

  @Option(names = "--purpose", required = true, paramLabel = "TEXT", descriptionKey = "purpose")
  private String purpose = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "CLASS",
      descriptionKey = "data-class",
      converter = DataClassWord.class)
  private DataClass data = DataClass.PATIENT;

  @Option(names = "--asset-reference", paramLabel = "TEXT", descriptionKey = "asset-reference")
  private String assetReference = "";

  @Option(names = "--review", paramLabel = "DATE", descriptionKey = "review")
  private @Nullable LocalDate review;

  @Option(names = "--expires", paramLabel = "DATE", descriptionKey = "expires")
  private @Nullable LocalDate expires;

  @Option(names = "--shared-identity", descriptionKey = "shared-identity")
  private boolean shared;

  DeviceRegisterCommand(Workbench bench) {
    super(bench, Action.REGISTER);
  }

  @Override
  AuditSubject subject() {
    return typed(tag);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    FingerprintOptions given = container;
    String fingerprint = given == null ? "" : given.read(bench).toString();
    AssetTag wanted = AssetTag.of(tag);
    isAboutKnown(register, wanted);
    LocalDate reviewed = review == null ? latestReview() : review;
    Device device =
        register.register(
            new Registration(
                wanted,
                new Hardware(identity(), descriptorDigest, capacity(), fingerprint, ""),
                holder.holder(register),
                new Justification(purpose, data, assetReference, reviewed, expires)),
            shared,
            act());
    show(register, output, "register", device);
    warnOfOtherOrganisation(register, output, device);
  }

  /** Said while it can still be put right: a drive that is issued changes its owner only wiped. */
  private static void warnOfOtherOrganisation(DeviceRegister register, Output output, Device device)
      throws UsbguardException {
    String here = register.settings().organisation().name();
    if (!here.isEmpty() && !device.holder().isOf(here)) {
      output.warning(
          "other-organisation",
          Printable.name(device.tag().text()),
          Printable.name(device.holder().organisation()),
          Printable.name(here));
    }
  }

  private LocalDate latestReview() {
    LocalDate inAYear =
        LocalDate.ofInstant(bench.clock().instant(), ZoneOffset.UTC).plusMonths(REVIEW_MONTHS);
    return expires != null && expires.isBefore(inAYear) ? expires : inAYear;
  }

  private DeviceIdentity identity() throws CommandException {
    try {
      return DeviceIdentity.of(UsbId.parse(model), serial);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "no-identity", Printable.name(model + ":" + serial));
    }
  }

  private long capacity() throws CommandException {
    if (capacity < 0) {
      throw new CommandException(ExitCode.USAGE, "no-capacity", capacity);
    }
    return capacity;
  }
}
