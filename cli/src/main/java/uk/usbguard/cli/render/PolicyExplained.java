package uk.usbguard.cli.render;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.policy.Decision;
import uk.usbguard.core.policy.DecisionText;
import uk.usbguard.core.policy.FactsFile;

/**
 * What a policy decides, and why.
 *
 * @param intended what it would do if it did more than watch
 * @param facts what it was decided on; can be given to explain again
 */
public record PolicyExplained(
    String policy,
    long version,
    String effect,
    String intended,
    String rule,
    String reason,
    boolean alert,
    String what,
    String why,
    String remedy,
    String contact,
    Map<String, Object> facts)
    implements Report {

  /** Keeps its own copy. */
  public PolicyExplained {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** A decision in the words of the person's language. */
  public static PolicyExplained of(String policy, long version, Decision decision, Texts texts) {
    DecisionText text = DecisionText.of(decision, texts.locale(), ZoneOffset.UTC);
    return new PolicyExplained(
        policy,
        version,
        decision.effect().label(),
        decision.intended().label(),
        decision.grounds().rule(),
        decision.grounds().reason().label(),
        decision.grounds().alert(),
        text.what(),
        text.why(),
        text.remedy(),
        text.contact(),
        FactsFile.words(decision.facts()));
  }

  /** The same without facts that are not known any more. */
  public PolicyExplained without(List<String> keys) {
    Map<String, Object> known = new LinkedHashMap<>(facts);
    keys.forEach(known::remove);
    return new PolicyExplained(
        policy, version, effect, intended, rule, reason, alert, what, why, remedy, contact, known);
  }

  private static String join(List<?> values) {
    return String.join("+", values.stream().map(String::valueOf).toList());
  }

  @Override
  public String type() {
    return "policy-explain";
  }

  @Override
  public void print(Page page) {
    page.plain(Printable.name(String.join(" ", what, why, remedy, contact).strip()));
    page.line(effect.equals(intended) ? "policy.effect" : "policy.would", effect, intended);
    page.line("policy.rule", rule, Printable.name(policy), version, reason);
    if (alert) {
      page.line("policy.alert");
    }
    List<String> known = new ArrayList<>();
    facts.forEach(
        (key, value) -> {
          String text = value instanceof List<?> list ? join(list) : String.valueOf(value);
          if (!text.isEmpty()) {
            known.add(page.texts().get("policy.fact", key, Printable.name(text)));
          }
        });
    page.line("policy.facts", String.join(", ", known));
  }
}
