package uk.usbguard.cli.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.registry.EntryFormatException;
import uk.usbguard.core.registry.Refusal;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;
import uk.usbguard.core.registry.RegisterRefusedException;

/** Says what an exception of the register means. */
public final class RegisterFailures {

  private final Texts texts;
  private final Sentences sentences;

  public RegisterFailures(Texts texts) {
    this.texts = texts;
    this.sentences = new Sentences(texts);
  }

  /** Makes the sentences; empty if it is not the register's. */
  public Optional<Failure> describe(Throwable thrown) {
    if (thrown instanceof RegisterRefusedException e) {
      return Optional.of(refused(e));
    }
    if (thrown instanceof RegisterUnusableException e) {
      return Optional.of(failed(e.failure(), e.place()));
    }
    if (thrown instanceof RegisterFailedException e) {
      return Optional.of(failed(e, texts.get("register.unnamed")));
    }
    if (thrown instanceof EntryFormatException e) {
      String id = "entries-" + label(e.fault());
      String detail =
          e.detail().isEmpty() ? texts.get("entries.no-detail") : Printable.name(e.detail());
      return Optional.of(sentences.of(ExitCode.DAMAGED, id, e.line(), detail));
    }
    return Optional.empty();
  }

  /** What the register refused. */
  public Failure refused(RegisterRefusedException e) {
    ExitCode code =
        switch (e.refusal()) {
          case NO_SUCH_DEVICE, NO_SUCH_OWNER -> ExitCode.NOT_FOUND;
          case SEVERAL_DEVICES,
              FIELD_MISSING,
              FIELD_TOO_LONG,
              TOO_MANY_PEOPLE,
              FIELD_NOT_PLAIN,
              FIELD_UNREADABLE,
              PURPOSE_SHORT,
              PURPOSE_VAGUE,
              REVIEW_AFTER_END,
              END_PASSED,
              OWN_MANAGER,
              IN_FUTURE,
              SEEN_OUT_OF_ORDER,
              RISK_ASSESSMENT_MISSING,
              EXCEPTION_ENDED,
              EXCEPTION_TOO_LONG ->
              ExitCode.USAGE;
          case TAG_TAKEN, IDENTITY_TAKEN -> ExitCode.CANNOT_CREATE;
          default -> ExitCode.DENIED;
        };
    return sentences.of(code, e.refusal().label(), facts(e).toArray());
  }

  /** The facts in words, and behind them what can be done about it. */
  private List<Object> facts(RegisterRefusedException e) {
    List<Object> facts = new ArrayList<>(e.facts().stream().map(Printable::name).toList());
    switch (e.refusal()) {
      case FIELD_MISSING, FIELD_TOO_LONG, FIELD_NOT_PLAIN, FIELD_UNREADABLE, IN_FUTURE -> {
        String field = e.facts().get(0);
        facts.set(0, texts.get("field." + field));
        facts.add(
            texts.has("option." + field)
                ? texts.get("option.with", texts.get("option." + field))
                : texts.get("option.column", field));
      }
      case ILLEGAL_TRANSITION, OWNER_FIXED, NOT_NOW -> {
        String state = e.facts().get(1).toLowerCase(Locale.ROOT);
        for (int i = 1; i < facts.size(); i++) {
          facts.set(i, texts.get("state." + e.facts().get(i).toLowerCase(Locale.ROOT)));
        }
        facts.add(
            texts.get(
                (e.refusal() == Refusal.OWNER_FIXED ? "owner-next." : "state-next.") + state));
      }
      default -> {}
    }
    return facts;
  }

  /** Why the database could not do something, within a sentence. */
  public String why(RegisterFailedException e) {
    return texts.get("register.why." + label(e.problem()), e.detail());
  }

  private Failure failed(RegisterFailedException e, String place) {
    ExitCode code =
        switch (e.problem()) {
          case BUSY -> ExitCode.BUSY;
          case FULL, FAULTY, NOT_WRITABLE, OUTCOME_UNKNOWN, OTHER -> ExitCode.IO;
          case DAMAGED, NOT_A_REGISTER, UNFIT_BACKUP -> ExitCode.DAMAGED;
          case SOUND -> ExitCode.DENIED;
          case NEWER -> ExitCode.UNSUPPORTED;
          case NOT_FOUND -> ExitCode.NOT_FOUND;
          case UNREACHABLE -> ExitCode.UNAVAILABLE;
          case LOGIN_REFUSED -> ExitCode.WRONG_KEY;
        };
    String detail =
        e.problem() == Problem.UNFIT_BACKUP
            ? texts.get("register.unfit." + e.detail())
            : e.detail(); // for whoever mends it: shown only where there are no other words
    return sentences.of(code, "register-" + label(e.problem()), place, detail);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
