package uk.usbguard.core.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exemption in words: {@code override}, or {@code override until 2026-11-24T12:00:00Z by
 * ig.lead}. Without an end it lasts for an hour, as somebody asks who only wants to know what would
 * follow.
 */
final class ExemptionText {

  static final String EXAMPLE =
      "override, unencrypted, personal, override until 2026-11-24T12:00:00Z by NAME";

  private static final Pattern FORM =
      Pattern.compile("([a-z]+)(?: until (\\S+) by (.+))?", Pattern.DOTALL);
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private ExemptionText() {}

  /** Those that count, the longest of each kind. */
  static List<String> of(Facts facts) {
    return facts.exemptionKinds().stream()
        .flatMap(kind -> facts.exemption(kind).stream())
        .map(one -> one.kind().label() + " until " + one.until() + " by " + one.approver())
        .toList();
  }

  /** What the words say, as it counts at a moment; nothing if they are no exemption. */
  static Optional<Exemption> parse(String text, Instant at) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean bare = parts.group(2) == null;
    for (Exemption.Kind kind : Exemption.Kind.values()) {
      if (kind.label().equals(parts.group(1))) {
        return bare
            ? Optional.of(new Exemption(kind, at, at.plus(AN_HOUR), "?"))
            : made(kind, at, parts.group(2), parts.group(3));
      }
    }
    return Optional.empty();
  }

  /** Nothing if it is over, lasts longer than such a one may, or nobody approved it. */
  private static Optional<Exemption> made(
      Exemption.Kind kind, Instant at, String end, String approver) {
    try {
      return Optional.of(new Exemption(kind, at, Instant.parse(end), approver));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
