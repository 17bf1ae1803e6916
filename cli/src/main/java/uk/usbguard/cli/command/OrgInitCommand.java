package uk.usbguard.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.Confirmation;
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
import uk.usbguard.core.registry.Refusal;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterRefusedException;
import uk.usbguard.core.registry.RegisterSettings;
import uk.usbguard.core.registry.Setting;
import uk.usbguard.core.registry.SettingChange;
import uk.usbguard.core.secret.Passphrase;

/** Says whose register it is and what its rules are; run again, changes them. */
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

  @Option(names = "--yes", descriptionKey = "yes")
  private boolean yes;

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
    RegisterSettings before = register.settings();
    RegisterSettings wanted = wanted(before);
    agree(before, wanted, output); // also refuses what is wrong, before a key is made
    List<SettingChange> changes;
    if (!signingKey.isWanted()) {
      changes = register.decide(before, wanted, act());
    } else {
      try (Passphrase seal = signingKey.passphrase(this)) {
        String fingerprint = signingKey.make(bench, seal).fingerprint();
        changes = decide(register, before, wanted.signingWith(fingerprint), output);
        alsoRecord(AuditAction.KEY_ADD, AuditSubject.of(AuditSubject.Kind.KEY).withId(fingerprint));
      }
    }
    if (before.isDecided()) {
      for (SettingChange change : changes) {
        alsoRecord(AuditAction.ORGANISATION_CHANGE, subject().withId(change.setting().label()));
      }
    }
    output.result(OrganisationReport.decided(before, changes, register.settings()));
  }

  /** Decides that the new key signs. If it is known that this failed, the key goes again. */
  private List<SettingChange> decide(
      DeviceRegister register, RegisterSettings before, RegisterSettings wanted, Output output)
      throws RegisterFailedException, RegisterRefusedException {
    try {
      return register.decide(before, wanted, act());
    } catch (RegisterFailedException | RegisterRefusedException e) {
      if (NewSigningKey.mayBeNamed(e)) {
        output.warning("org-key-kept", signingKey.name());
      } else {
        signingKey.remove(bench, e);
      }
      throw e;
    }
  }

  private void alsoRecord(AuditAction action, AuditSubject about) {
    alsoRecord(AuditEvent.of(action, AuditResult.SUCCEEDED, about));
  }

  /** Shows what was decided before and would be something else, and asks whether it is meant. */
  private void agree(RegisterSettings before, RegisterSettings wanted, Output output)
      throws Exception {
    List<SettingChange> changes = before.changesTo(wanted);
    if (!before.isDecided() || (changes.isEmpty() && !signingKey.isWanted())) {
      return;
    }
    for (SettingChange change : changes) {
      show(change.setting(), change.from(), said(change.setting(), change.to()), output);
    }
    if (signingKey.isWanted()) {
      String fresh = bench.texts().get("org.new-signing-key", signingKey.name());
      show(Setting.SIGNING_KEY, before.signingKey(), fresh, output);
    }
    if (act().reason().isBlank()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, "reason");
    }
    if (!yes) {
      new Confirmation(bench.terminal(), bench.texts())
          .typed("confirm.org-change", before.organisation().name(), "org-needs-yes");
    }
  }

  private String said(Setting setting, String value) {
    return OrganisationReport.inWords(bench.texts(), setting.label(), value);
  }

  private void show(Setting setting, String from, String to, Output output) {
    var texts = bench.texts();
    String was = said(setting, from);
    output.warning("org-changes", texts.get("org.setting." + setting.label()), was, to);
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
