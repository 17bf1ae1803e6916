package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.LeaverSummary;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterEvent;

/** Suspends everything of somebody who leaves, and lists what has to come back. */
@Command(name = "leaver")
final class DeviceLeaverCommand extends RegisterChange {

  @Parameters(index = "0", paramLabel = "PERSON", descriptionKey = "leaver-person")
  private String person = "";

  DeviceLeaverCommand(Workbench bench) {
    super(bench, Action.LEAVER);
  }

  /** Whose drives they were is known by the hash of the name only. */
  @Override
  AuditSubject subject() {
    return super.subject().withName(person);
  }

  @Override
  void heard(RegisterEvent event) {
    AuditResult result =
        event.result().equals(RegisterEvent.DONE) ? AuditResult.SUCCEEDED : AuditResult.FAILED;
    alsoRecord(
        AuditEvent.of(AuditAction.DEVICE_SUSPEND, result, device(event.device()))
            .because("leaver"));
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    output.result(LeaverSummary.of(register.leaver(person, act())));
  }
}
