package uk.usbguard.cli.work;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.PolicyExplained;
import uk.usbguard.cli.render.PolicyRecalled;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.audit.AuditException;
import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.AuditRecord;
import uk.usbguard.core.policy.Decision;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.RecordedDecision;

/** Explains a decision that the audit log recorded, out of the log alone. */
public final class Recalling {

  private final Texts texts;

  public Recalling(Texts texts) {
    this.texts = texts;
  }

  /** A decision, and how it is shown. */
  public record Recalled(Decision decision, PolicyRecalled report) {}

  /** The decision that the entry of this number holds. */
  public Recalled recall(AuditReader log, long entry)
      throws IOException, AuditException, CommandException {
    AuditRecord event =
        log.event(entry)
            .orElseThrow(
                () -> new CommandException(ExitCode.NOT_FOUND, "no-such-audit-entry", entry));
    @Nullable String policy = event.policy();
    @Nullable String effect = event.effect();
    @Nullable String rule = event.rule();
    @Nullable String detail = event.decision();
    if (policy == null || effect == null || rule == null || detail == null) {
      throw new CommandException(ExitCode.NOT_FOUND, "no-decision-recorded", entry);
    }
    return recall(event, new RecordedDecision(policy, effect, rule, detail));
  }

  private Recalled recall(AuditRecord event, RecordedDecision recorded) throws CommandException {
    int colon = recorded.policy().lastIndexOf(':');
    try {
      RecordedDecision.Recalled recalled = recorded.recall();
      Decision decision = recalled.decision();
      PolicyExplained explained =
          PolicyExplained.of(
                  recorded.policy().substring(0, Math.max(0, colon)),
                  Long.parseLong(recorded.policy().substring(colon + 1)),
                  decision,
                  texts)
              .without(recalled.leftOut());
      return new Recalled(
          decision,
          new PolicyRecalled(
              event.entry(),
              event.time(),
              event.host(),
              event.user(),
              event.action(),
              explained,
              recalled.leftOut()));
    } catch (InvalidPolicyException | NumberFormatException e) {
      throw new CommandException(ExitCode.DAMAGED, "decision-unreadable", event.entry());
    }
  }
}
