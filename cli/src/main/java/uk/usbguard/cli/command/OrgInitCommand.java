package uk.usbguard.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.OrganisationReport;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.CheckInRule;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.Organisation;
import uk.usbguard.core.registry.RegisterSettings;
import uk.usbguard.core.secret.Passphrase;

/** Says whose register it is and what its rules are. */
@Command(name = "init")
final class OrgInitCommand extends RegisterChange {

  @Option(names = "--name", required = true, paramLabel = "NAME", descriptionKey = "org-name")
  private String name = "";

  @Option(
      names = "--service-desk",
      required = true,
      paramLabel = "CONTACT",
      descriptionKey = "org-service-desk")
  private String serviceDesk = "";

  @Option(
      names = "--governance",
      required = true,
      paramLabel = "CONTACT",
      descriptionKey = "org-governance")
  private String governance = "";

  @Option(
      names = "--governance-person",
      paramLabel = "PERSON",
      descriptionKey = "org-governance-person")
  private List<String> people = new ArrayList<>();

  @Option(names = "--agreement", paramLabel = "VERSION", descriptionKey = "org-agreement")
  private @Nullable String agreement;

  @Option(names = "--check-in-days", paramLabel = "N,N,N", descriptionKey = "org-days")
  private @Nullable String days;

  @Option(names = "--without-asset-reference", descriptionKey = "org-without-reference")
  private boolean withoutReference;

  @Option(names = "--asset-reference-needed", descriptionKey = "org-reference-needed")
  private boolean referenceNeeded;

  @Mixin private final NewSigningKey signingKey = new NewSigningKey();

  OrgInitCommand(Workbench bench) {
    super(bench, Action.INIT);
  }

  @Override
  boolean creates() {
    return true;
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    RegisterSettings wanted = wanted(register.settings());
    if (!signingKey.isWanted()) {
      register.decide(wanted, act());
    } else {
      try (Passphrase seal = signingKey.passphrase(this)) {
        register.decide(wanted, act()); // refuses what is wrong before a key is made
        String fingerprint = signingKey.make(bench, seal).fingerprint();
        register.decide(wanted.signingWith(fingerprint), act());
        alsoRecord(
            AuditEvent.of(
                AuditAction.KEY_ADD,
                AuditResult.SUCCEEDED,
                AuditSubject.of(AuditSubject.Kind.KEY).withId(fingerprint)));
      }
    }
    output.result(OrganisationReport.of("init", register.settings()));
  }

  /** What was decided before stays, unless it is said. */
  private RegisterSettings wanted(RegisterSettings before) throws CommandException {
    boolean needed = referenceNeeded || (before.assetReferenceNeeded() && !withoutReference);
    return new RegisterSettings(
        new Organisation(name, serviceDesk, governance),
        agreement == null ? before.agreementVersion() : agreement,
        days == null ? before.checkIn() : rule(days),
        needed,
        people.isEmpty() ? before.governancePeople() : people,
        before.signingKey());
  }

  private static CheckInRule rule(String typed) throws CommandException {
    String[] numbers = typed.split(",", -1);
    try {
      if (numbers.length == 3) {
        return new CheckInRule(
            Integer.parseInt(numbers[0].strip()),
            Integer.parseInt(numbers[1].strip()),
            Integer.parseInt(numbers[2].strip()));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new CommandException(ExitCode.USAGE, "check-in-days");
  }
}
