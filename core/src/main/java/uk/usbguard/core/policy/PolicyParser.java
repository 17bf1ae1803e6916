package uk.usbguard.core.policy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.policy.Decision.Grounds;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.YamlNode.Entry;
import uk.usbguard.core.policy.YamlNode.Mapping;
import uk.usbguard.core.policy.YamlNode.Scalar;
import uk.usbguard.core.policy.YamlNode.Sequence;

/** Makes a policy of what a file says, or says everything that is wrong with it. */
final class PolicyParser {

  static final int FORMAT = 1;
  static final int MOST_RULES = 10_000;

  private static final int MOST_LISTED = 10_000;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_LINE = 200;
  private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final String ID = "[a-z][a-z0-9-]{0,63}";

  private final List<PolicyProblem> problems = new ArrayList<>();

  Policy parse(YamlNode root) throws InvalidPolicyException {
    if (!(root instanceof Mapping mapping)) {
      throw YamlReader.refused(root.at(), Kind.WRONG_TYPE, "mapping");
    }
    Fields fields = new Fields(mapping, problems);
    Policy.Header header = header(fields);
    Names untouched = untouched(fields);
    AgeScale scale = scale(fields, mapping);
    List<Rule> rules = rules(fields, new ConditionParser(scale), header);
    fields.finish();
    int unchecked = problems.isEmpty() ? findUnreachable(rules, scale) : 0;
    if (!problems.isEmpty()) {
      problems.sort(
          (a, b) ->
              a.line() == b.line()
                  ? Integer.compare(a.column(), b.column())
                  : Integer.compare(a.line(), b.line()));
      throw new InvalidPolicyException(problems);
    }
    return new Policy(header, rules, scale, untouched, unchecked);
  }

  private Policy.Header header(Fields fields) {
    OptionalLong format = fields.number("format");
    if (format.isPresent() && format.getAsLong() != FORMAT) {
      fields.problem(
          fields.at("format"),
          Kind.BAD_VALUE,
          String.valueOf(format.getAsLong()),
          String.valueOf(FORMAT));
    }
    String name = id(fields, "name");
    OptionalLong version = fields.number("version");
    String organisation = fields.optionalText("organisation", LONGEST_LINE);
    String contact = fields.text("contact", LONGEST_LINE);
    boolean audits =
        fields.has("mode")
            && Words.one(fields, "mode", Mode.class)
                .filter(one -> one == Mode.AUDIT_ONLY)
                .isPresent();
    boolean neverWrites =
        fields.has("writing") && Words.one(fields, "writing", Writing.class).isPresent();
    return new Policy.Header(
        name,
        version.orElse(0),
        organisation,
        contact,
        audits,
        neverWrites,
        review(fields).orElse(null));
  }

  private static Optional<PolicyReview> review(Fields fields) {
    Optional<Fields> given = fields.mapping("review");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields review = given.get();
    String last = review.text("last", LONGEST_LINE);
    String by = review.text("by", LONGEST_LINE);
    review.finish();
    Optional<LocalDate> day = day(last);
    if (day.isEmpty() && !last.isBlank()) {
      review.problem(review.at("last"), Kind.BAD_VALUE, last, "2026-11-24");
    }
    return day.map(one -> new PolicyReview(one, by));
  }

  private static Optional<LocalDate> day(String text) {
    if (!text.matches(DAY)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // such as 31 February
    }
  }

  private enum Mode {
    ENFORCE,
    AUDIT_ONLY
  }

  private enum Writing {
    NEVER
  }

  private Names untouched(Fields fields) {
    List<Names.Pattern> patterns = new ArrayList<>();
    for (Fields one : fields.mappings("untouched", MOST_LISTED)) {
      String device = one.text("device", LONGEST_LINE);
      one.text("name", LONGEST_LINE);
      one.finish();
      Optional<Names.Pattern> pattern = NameField.DEVICE.pattern(device);
      pattern.ifPresent(patterns::add);
      if (pattern.isEmpty()) {
        one.problem(one.at("device"), Kind.BAD_VALUE, device, "1941:8021, 1941:8021:SERIAL");
      }
    }
    return new Names(patterns);
  }

  private List<Rule> rules(Fields fields, ConditionParser conditions, Policy.Header header) {
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    if (!fields.has("rules")) {
      fields.problem(fields.at(), Kind.MISSING_KEY, "rules");
    }
    for (Fields one : fields.mappings("rules", MOST_RULES)) {
      String id = id(one, "id");
      if (!ids.add(id)) {
        one.problem(one.at("id"), Kind.DUPLICATE_RULE, id);
      }
      Condition when = one.mapping("when").map(conditions::parse).orElseGet(conditions::anything);
      Optional<Effect> effect = Words.one(one, "effect", Effect.class);
      if (header.neverWrites() && effect.filter(e -> e == Effect.ALLOW).isPresent()) {
        one.problem(one.at("effect"), Kind.ABOVE_CEILING, id);
      }
      Grounds grounds = grounds(one, id);
      one.finish();
      rules.add(new Rule(one.at(), when, effect.orElse(Effect.BLOCK), grounds));
    }
    return rules;
  }

  private Grounds grounds(Fields fields, String id) {
    Optional<Reason> reason = Words.one(fields, "reason", Reason.class);
    boolean alert = fields.flag("alert");
    String text = fields.optionalText("text", LONGEST_TEXT);
    reason
        .filter(one -> !one.isOfRules() || (one == Reason.LOCAL && text.isEmpty()))
        .ifPresent(one -> fields.problem(fields.at("reason"), Kind.REASON, one.label()));
    return new Grounds(id.isEmpty() ? "?" : id, reason.orElse(Reason.LOCAL), alert, text);
  }

  private String id(Fields fields, String key) {
    String id = fields.text(key, LONGEST_LINE);
    if (!id.isBlank() && !id.matches(ID)) {
      fields.problem(fields.at(key), Kind.BAD_VALUE, id, "a-z, 0-9, -");
    }
    return id;
  }

  /** Returns how many rules were not looked at. */
  private int findUnreachable(List<Rule> rules, AgeScale scale) {
    var reachability = new Reachability(scale);
    for (Rule rule : rules) {
      reachability.next(rule).ifPresent(problems::add);
    }
    return reachability.unchecked();
  }

  /** All limits of check-in ages, which must be known before the first rule can be read. */
  private AgeScale scale(Fields fields, Mapping root) {
    TreeSet<Duration> limits = new TreeSet<>();
    Entry rules = root.entries().get("rules");
    if (rules != null && rules.value() instanceof Sequence list) {
      list.items().forEach(rule -> limitsOf(rule, limits));
    }
    if (limits.size() > AgeScale.MOST_LIMITS) {
      fields.problem(
          fields.at("rules"), Kind.TOO_MANY, "check-in", String.valueOf(AgeScale.MOST_LIMITS));
      return new AgeScale(new TreeSet<>(limits.headSet(limits.first(), true)));
    }
    return new AgeScale(limits);
  }

  private static void limitsOf(YamlNode rule, Set<Duration> limits) {
    if (inner(rule, "when").flatMap(when -> inner(when, Trait.CHECK_IN.key())).orElse(null)
        instanceof Mapping age) {
      for (Entry entry : age.entries().values()) {
        if (entry.value() instanceof Scalar scalar) {
          ConditionParser.duration(scalar.text()).ifPresent(limits::add);
        }
      }
    }
  }

  private static Optional<YamlNode> inner(YamlNode node, String key) {
    return node instanceof Mapping mapping
        ? Optional.ofNullable(mapping.entries().get(key)).map(Entry::value)
        : Optional.empty();
  }
}
