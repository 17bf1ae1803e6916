package uk.usbguard.cli.command;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterEvent;

/** A command on the register that the audit log records. */
abstract class RegisterChange extends RegisterCommand {

  @Mixin final AuditOptions audit = new AuditOptions();

  private final AuditAction action;

  RegisterChange(Workbench bench, AuditAction action) {
    super(bench);
    this.action = action;
  }

  RegisterChange(Workbench bench, Action deed) {
    this(bench, RegisterDeeds.recorded(deed));
  }

  @Override
  final Optional<Audited> audited() {
    return Optional.of(new Audited(action, subject(), audit).by(actor()));
  }

  /** What it is about, before the register is open. */
  AuditSubject subject() {
    return AuditSubject.of(AuditSubject.Kind.REGISTER);
  }

  @Override
  void heard(RegisterEvent event) {
    if (event.device().isEmpty() || !event.result().equals(RegisterEvent.DONE)) {
      return;
    }
    isAbout(device(event.device()));
    if (event.action() == Action.WIPE_FAILED) {
      recordsFailure("wipe-not-verified");
    }
  }

  /** It is about this drive, if the register has it. */
  final void isAboutKnown(DeviceRegister register, AssetTag tag) throws UsbguardException {
    register.find(tag).ifPresent(found -> isAbout(device(found.tag().toString())));
  }

  /** A drive as somebody typed it: the audit log gets a hash of that. */
  static AuditSubject typed(String named) {
    return AuditSubject.of(AuditSubject.Kind.DEVICE).withName(named);
  }

  /** A drive of the register. */
  static AuditSubject device(String tag) {
    return AuditSubject.of(AuditSubject.Kind.DEVICE).withId(tag);
  }
}
