package uk.usbguard.cli.command;

import java.time.LocalDate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.UseException;
import uk.usbguard.core.registry.UseException.ExceptionKind;

/** Records leave to do what the rules forbid, until a day. */
@Command(name = "exception")
final class DeviceExceptionCommand extends DeviceDeed {

  @ArgGroup(multiplicity = "1")
  private final Kind kind = new Kind();

  /** Exactly one. */
  static final class Kind {
    @Option(names = "--byod", required = true, descriptionKey = "exception-byod")
    private boolean byod;

    @Option(names = "--unencrypted", required = true, descriptionKey = "exception-unencrypted")
    @SuppressWarnings("unused") // that it is not the other one says it
    private boolean unencrypted;
  }

  @Option(names = "--approver", required = true, paramLabel = "PERSON", descriptionKey = "approver")
  private String approver = "";

  @Option(
      names = "--risk-assessment",
      required = true,
      paramLabel = "REFERENCE",
      descriptionKey = "risk-assessment")
  private String riskAssessment = "";

  @Option(names = "--board-reference", paramLabel = "REFERENCE", descriptionKey = "board-reference")
  private String boardReference = "";

  @Option(names = "--ends", required = true, paramLabel = "DATE", descriptionKey = "exception-ends")
  private LocalDate ends = LocalDate.EPOCH;

  DeviceExceptionCommand(Workbench bench) {
    super(bench, Action.EXCEPTION);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    ExceptionKind what = kind.byod ? ExceptionKind.BYOD : ExceptionKind.UNENCRYPTED;
    return register.except(
        tag, new UseException(what, approver, riskAssessment, boardReference, ends), act());
  }
}
