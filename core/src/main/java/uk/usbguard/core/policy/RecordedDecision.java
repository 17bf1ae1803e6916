package uk.usbguard.core.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.PolicyProblem.Position;
import uk.usbguard.core.policy.YamlNode.Mapping;
import uk.usbguard.core.policy.YamlNode.Scalar;

/**
 * A decision as a log keeps it: everything that its sentences are made from, so that it can be
 * explained when the policy, the register and the drive have changed or are gone. Of the device it
 * holds the model, not the serial number. Characters that deceive the eye are recorded as U+FFFD.
 *
 * @param policy its name and version, such as {@code ward-4:7}
 * @param effect what happened, in the word of a policy
 * @param rule the id of the rule
 * @param detail the rest as JSON in printable ASCII, at most {@link #LONGEST} characters
 */
public record RecordedDecision(String policy, String effect, String rule, String detail) {

  /** Longest detail. */
  public static final int LONGEST = 5_000;

  private static final int LONGEST_TEXT = 128;

  /** What is left out first, should all of it be too long. */
  private static final List<String> DISPENSABLE =
      List.of("group", "interfaces", "exemption", "organisation", "host", "user");

  /**
   * What was read back.
   *
   * @param leftOut keys of facts that were too long to be recorded: what the facts hold there is
   *     not what was decided on
   */
  public record Recalled(Decision decision, List<String> leftOut) {
    /** Keeps its own copy. */
    public Recalled {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** For the log. */
  public static RecordedDecision of(Policy policy, Decision decision) {
    Map<String, Object> facts = FactsFile.words(decision.facts());
    facts.put("device", decision.facts().device().identity().model().toString());
    facts.replaceAll((key, value) -> cut(value));
    List<String> leftOut = new ArrayList<>();
    String detail = JsonText.of(detail(decision, facts, leftOut));
    for (String key : DISPENSABLE) {
      if (detail.length() > LONGEST) {
        facts.remove(key);
        leftOut.add(key);
        detail = JsonText.of(detail(decision, facts, leftOut));
      }
    }
    Policy.Header header = policy.header();
    return new RecordedDecision(
        header.name() + ":" + header.version(),
        decision.effect().label(),
        decision.grounds().rule(),
        detail);
  }

  private static Map<String, Object> detail(
      Decision decision, Map<String, Object> facts, List<String> leftOut) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("intended", decision.intended().label());
    detail.put("reason", decision.grounds().reason().label());
    detail.put("alert", decision.grounds().alert());
    detail.put("contact", decision.contact());
    detail.put("text", decision.grounds().text());
    detail.put("limit", decision.checkInLimit().map(one -> one.toSeconds() + "s").orElse(""));
    detail.values().removeIf(""::equals);
    detail.put("leftOut", List.copyOf(leftOut));
    detail.put("facts", facts);
    return detail;
  }

  private static Object cut(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(RecordedDecision::cut).distinct().toList();
    }
    if (!(value instanceof String text)) {
      return value;
    }
    String honest = PlainText.honest(text);
    return honest.length() > LONGEST_TEXT ? honest.substring(0, LONGEST_TEXT - 3) + "..." : honest;
  }

  /**
   * What was decided.
   *
   * @throws InvalidPolicyException if what was recorded is no decision
   */
  public Recalled recall() throws InvalidPolicyException {
    YamlNode root = YamlReader.read(detail.getBytes(StandardCharsets.UTF_8));
    if (!(root instanceof Mapping mapping) || rule.isEmpty()) {
      throw YamlReader.refused(root.at(), Kind.WRONG_TYPE, "mapping");
    }
    List<PolicyProblem> problems = new ArrayList<>();
    Fields fields = new Fields(mapping, problems);
    Optional<Effect> was = Words.member(fields, Position.FILE, effect, Effect.class);
    Optional<Effect> intended = Words.one(fields, "intended", Effect.class);
    Optional<Reason> reason = Words.one(fields, "reason", Reason.class);
    boolean alert = fields.flag("alert");
    String contact = fields.optionalText("contact", LONGEST);
    String text = fields.optionalText("text", LONGEST);
    Optional<Duration> limit = ConditionParser.duration(fields.optionalText("limit", 16));
    List<String> leftOut =
        fields.textsOrNone("leftOut", DISPENSABLE.size()).stream().map(Scalar::text).toList();
    if (was.isEmpty() || intended.isEmpty() || reason.isEmpty() || !problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
    Decision.Grounds grounds = new Decision.Grounds(rule, reason.get(), alert, text);
    return new Recalled(
        new Decision(was.get(), intended.get(), grounds, contact, facts(mapping), limit), leftOut);
  }

  private static Facts facts(Mapping mapping) throws InvalidPolicyException {
    YamlNode.Entry facts = mapping.entries().get("facts");
    if (facts == null || !(facts.value() instanceof Mapping words)) {
      throw YamlReader.refused(mapping.at(), Kind.MISSING_KEY, "facts");
    }
    return FactsFile.of(words, Instant.EPOCH);
  }
}
