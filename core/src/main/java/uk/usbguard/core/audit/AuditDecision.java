package uk.usbguard.core.audit;

import java.util.regex.Pattern;

/**
 * What a policy decided, as the log keeps it: enough to explain it when the policy is gone. It
 * names no file and no serial number; whoever makes the detail sees to that.
 *
 * @param policy its name and version, such as {@code ward-4:7}
 * @param effect what happened, such as {@code read-only}
 * @param rule the id of the rule
 * @param detail the facts and the words, in printable ASCII; the log does not look into it
 */
public record AuditDecision(String policy, String effect, String rule, String detail) {

  /** Longest detail. With it, and all else at its longest, an entry still fits into a line. */
  public static final int LONGEST_DETAIL = 5_000;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0,255}");
  private static final Pattern DETAIL = Pattern.compile("[ -~]{2," + LONGEST_DETAIL + "}");

  /** Refuses what could not be written. */
  public AuditDecision {
    check("policy", IDENTIFIER, policy);
    check("effect", IDENTIFIER, effect);
    check("rule", IDENTIFIER, rule);
    check("detail", DETAIL, detail);
  }

  private static void check(String what, Pattern form, String value) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " does not have its form");
    }
  }
}
