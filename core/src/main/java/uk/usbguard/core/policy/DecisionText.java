package uk.usbguard.core.policy;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * A decision in words for the person at the PC. Nothing that a device says of itself is in it: that
 * is text of whoever made the device.
 *
 * @param what what happened
 * @param why why, with the organisation's own words if the rule has some
 * @param remedy what to do now
 * @param contact whom to ask; empty if that is not known any more
 */
public record DecisionText(String what, String why, String remedy, String contact) {

  /** In the language of the locale if there is a bundle for it, else in English. */
  public static DecisionText of(Decision decision, Locale locale, ZoneId zone) {
    return new Writer(decision, locale, zone).write();
  }

  /** All of it, as it is shown or read out. */
  public String sentence() {
    return String.join(" ", what, why, remedy, contact).strip();
  }

  private static final class Writer {

    private final Decision decision;
    private final ResourceBundle bundle;
    private final Object[] facts;

    Writer(Decision decision, Locale locale, ZoneId zone) {
      this.decision = decision;
      this.bundle =
          ResourceBundle.getBundle(
              DecisionText.class.getPackageName() + ".Decisions",
              locale,
              DecisionText.class.getClassLoader());
      this.facts = facts(locale, zone);
    }

    DecisionText write() {
      Reason reason = decision.grounds().reason();
      String why = decision.grounds().text();
      if (reason != Reason.LOCAL) {
        String ours = sentence(why(reason));
        why = why.isEmpty() ? ours : ours + " " + why;
      }
      return new DecisionText(
          sentence("what." + what()),
          why,
          sentence(remedy(reason)),
          decision.contact().isEmpty() ? "" : sentence("contact"));
    }

    private String what() {
      if (decision.isUntouched()) {
        return "untouched";
      }
      boolean watched = decision.effect() != decision.intended();
      return watched ? "would-" + decision.intended().label() : decision.effect().label();
    }

    private String why(Reason reason) {
      if (reason == Reason.IDENTITY && decision.facts().medium().exchanged()) {
        return "why.identity.exchanged";
      }
      if (reason == Reason.REVOKED && !decision.facts().standing().state().isRevoked()) {
        return "why.revoked.listed";
      }
      String open = "why." + reason.label() + ".open";
      return decision.checkInLimit().isEmpty() && bundle.containsKey(open)
          ? open
          : "why." + reason.label();
    }

    private String remedy(Reason reason) {
      String plain = "do." + reason.label();
      String watched = plain + ".watched";
      if (decision.effect() != decision.intended() && bundle.containsKey(watched)) {
        return watched;
      }
      String withEffect = plain + "." + decision.intended().label();
      return bundle.containsKey(withEffect) ? withEffect : plain;
    }

    private Object[] facts(Locale locale, ZoneId zone) {
      Facts about = decision.facts();
      Optional<Exemption> exemption = exemption(about);
      return new Object[] {
        bundle.getString("shape." + about.device().shape().label()),
        bundle.getString("state." + about.standing().state().label()),
        bundle.getString("verdict." + Labels.of(about.medium().verdict())),
        about.device().level().label(),
        about.checkInAge().map(Duration::toDays).orElse(-1L),
        exemption.map(one -> end(one, locale, zone)).orElse("-"),
        exemption.map(Exemption::approver).orElse("-"),
        decision.contact(),
        decision.checkInLimit().map(this::length).orElse("-")
      };
    }

    /** The one that is the reason, or else any. */
    private Optional<Exemption> exemption(Facts about) {
      Optional<Exemption> reason =
          switch (decision.grounds().reason()) {
            case PERSONAL -> about.exemption(Exemption.Kind.PERSONAL);
            case APPROVED_UNENCRYPTED -> about.exemption(Exemption.Kind.UNENCRYPTED);
            default -> Optional.empty();
          };
      return reason.isPresent() ? reason : any(about);
    }

    private static Optional<Exemption> any(Facts about) {
      for (Exemption.Kind kind : Exemption.Kind.values()) {
        Optional<Exemption> found = about.exemption(kind);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }

    /** The last day, of one that the register gave until the end of a day; else the time. */
    private static String end(Exemption exemption, Locale locale, ZoneId zone) {
      return exemption
          .lastDay()
          .map(
              new DateTimeFormatterBuilder()
                      .appendLocalized(FormatStyle.MEDIUM, null)
                      .toFormatter(locale)
                  ::format)
          .orElseGet(() -> time(exemption.until(), locale, zone));
    }

    private static String time(Instant moment, Locale locale, ZoneId zone) {
      return new DateTimeFormatterBuilder()
          .appendLocalized(FormatStyle.MEDIUM, FormatStyle.SHORT)
          .toFormatter(locale)
          .withZone(zone)
          .format(moment);
    }

    /** In the largest unit of which it is a whole number. */
    private String length(Duration length) {
      if (length.toDays() > 0 && length.equals(Duration.ofDays(length.toDays()))) {
        return words("length.days", length.toDays());
      }
      return length.toHours() > 0 && length.equals(Duration.ofHours(length.toHours()))
          ? words("length.hours", length.toHours())
          : words("length.minutes", Math.max(1, length.toMinutes()));
    }

    private String words(String key, long number) {
      return new MessageFormat(bundle.getString(key), bundle.getLocale())
          .format(new Object[] {number});
    }

    private String sentence(String key) {
      return new MessageFormat(bundle.getString(key), bundle.getLocale()).format(facts);
    }
  }
}
