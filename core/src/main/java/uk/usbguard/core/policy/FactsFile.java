package uk.usbguard.core.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.device.InterfaceClass;
import uk.usbguard.core.media.Verdict;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.PolicyProblem.Position;
import uk.usbguard.core.policy.YamlNode.Entry;
import uk.usbguard.core.policy.YamlNode.Mapping;
import uk.usbguard.core.policy.YamlNode.Scalar;

/**
 * Facts as words: under the keys that a rule uses, as YAML or JSON, or as a recorded event that
 * holds them under {@code facts}. What is not said is the value that trusts least.
 */
public final class FactsFile {

  private static final int LONGEST = 256;
  private static final int MOST = 1_000;

  private final List<PolicyProblem> problems = new ArrayList<>();
  private final Fields fields;
  private final Instant now;

  private FactsFile(Mapping mapping, Instant now) {
    this.fields = new Fields(mapping, problems);
    this.now = now;
  }

  /** Reads a file. */
  public static Facts parse(byte[] file, Instant now) throws InvalidPolicyException {
    YamlNode root = YamlReader.read(file);
    if (root instanceof Mapping event && event.entries().containsKey("facts")) {
      root = event.entries().get("facts").value();
    }
    if (!(root instanceof Mapping mapping)) {
      throw YamlReader.refused(root.at(), Kind.WRONG_TYPE, "mapping");
    }
    return new FactsFile(mapping, now).read();
  }

  /** Reads what a recorded decision holds. */
  static Facts of(Mapping mapping, Instant now) throws InvalidPolicyException {
    return new FactsFile(mapping, now).read();
  }

  /** Takes words that were given one by one. */
  public static Facts of(Map<String, String> words, Instant now) throws InvalidPolicyException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    words.forEach(
        (key, word) ->
            entries.put(key, new Entry(Position.FILE, new Scalar(Position.FILE, word, true))));
    return new FactsFile(new Mapping(Position.FILE, entries), now).read();
  }

  /** The words for facts; reading them gives the same decision. */
  public static Map<String, Object> words(Facts facts) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("at", facts.at().toString());
    words.put("device", facts.device().identity().key());
    words.put("shape", facts.device().shape().label());
    words.put(
        "interfaces", facts.device().interfaces().stream().sorted().map(Object::toString).toList());
    words.put("identity", facts.device().level().label());
    words.put("verdict", Labels.of(facts.medium().verdict()));
    words.put("medium", facts.medium().registered() ? "registered" : "unregistered");
    if (facts.medium().exchanged()) {
      words.put("exchanged", true);
    }
    words.put("state", facts.standing().state().label());
    words.put("holder", Labels.of(facts.standing().holder()));
    words.put("ownership", Labels.of(facts.standing().ownership()));
    words.put("revoked", facts.standing().revoked());
    words.put("expired", facts.standing().expired());
    words.put("check-in", facts.checkInAge().map(age -> age.toSeconds() + "s").orElse("never"));
    words.put("exemption", ExemptionText.of(facts));
    words.put("user", facts.person().user());
    words.put("group", new ArrayList<>(new TreeSet<>(facts.person().groups())));
    words.put("host", facts.place().host());
    words.put("organisation", facts.place().organisation());
    return words;
  }

  private Facts read() throws InvalidPolicyException {
    Instant at = moment();
    RegisterState state = word("state", RegisterState.class, RegisterState.UNREGISTERED);
    Facts facts =
        new Facts(
            device(),
            medium(),
            standing(state, at),
            new Facts.Person(text("user"), Set.copyOf(texts("group"))),
            new Facts.Place(text("host"), text("organisation")),
            at);
    fields.finish();
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
    return facts;
  }

  /** One that was exchanged is not the registered one, whatever else is said. */
  private Facts.Medium medium() {
    boolean exchanged = fields.flag("exchanged");
    boolean registered =
        word("medium", Trait.KnownMedium.class, Trait.KnownMedium.UNREGISTERED)
            == Trait.KnownMedium.REGISTERED;
    return new Facts.Medium(
        word("verdict", Verdict.class, Verdict.UNREADABLE), registered && !exchanged, exchanged);
  }

  private Facts.Device device() {
    Set<InterfaceClass> interfaces = new TreeSet<>();
    for (String one : texts("interfaces")) {
      try {
        interfaces.add(InterfaceClass.parse(one));
      } catch (IllegalArgumentException e) {
        bad("interfaces", one, "08/06/50");
      }
    }
    return new Facts.Device(
        identity(), word("shape", DeviceShape.class, DeviceShape.UNKNOWN), interfaces, level());
  }

  private DeviceIdentity identity() {
    String key = text("device");
    try {
      return DeviceIdentity.parse(key.isEmpty() ? "0000:0000" : key);
    } catch (IllegalArgumentException e) {
      bad("device", key, "0951:1666:SERIAL");
      return DeviceIdentity.parse("0000:0000");
    }
  }

  private IdentityLevel level() {
    String label = text("identity");
    for (IdentityLevel level : IdentityLevel.values()) {
      if (level.label().equals(label)) {
        return level;
      }
    }
    if (!label.isEmpty()) {
      bad("identity", label, "L0, L1, L2, L3, L4");
    }
    return IdentityLevel.MODEL;
  }

  private Facts.Standing standing(RegisterState state, Instant at) {
    boolean known = state != RegisterState.UNREGISTERED;
    return new Facts.Standing(
        state,
        word("holder", Holder.class, known ? Holder.OTHER_PERSON : Holder.NONE),
        word("ownership", Ownership.class, known ? Ownership.PERSONAL : Ownership.UNKNOWN),
        fields.flag("revoked"),
        fields.flag("expired"),
        lastSeen(at),
        exemptions(at));
  }

  private @Nullable Instant lastSeen(Instant at) {
    String age = text("check-in");
    if (age.isEmpty() || age.equals("never")) {
      return null;
    }
    Optional<Duration> length = ConditionParser.duration(age);
    if (length.isEmpty()) {
      bad("check-in", age, "6d, 36h, 90m, never");
    }
    return length.map(at::minus).orElse(null);
  }

  private List<Exemption> exemptions(Instant at) {
    List<Exemption> exemptions = new ArrayList<>();
    for (String one : texts("exemption")) {
      Optional<Exemption> exemption = ExemptionText.parse(one, at);
      exemption.ifPresent(exemptions::add);
      if (exemption.isEmpty()) {
        bad("exemption", one, ExemptionText.EXAMPLE);
      }
    }
    return exemptions;
  }

  private Instant moment() {
    String text = text("at");
    try {
      return text.isEmpty() ? now : Instant.parse(text);
    } catch (DateTimeException e) {
      bad("at", text, "2026-11-24T09:00:00Z");
      return now;
    }
  }

  private <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
    String text = text(key);
    return text.isEmpty()
        ? otherwise
        : Words.member(fields, fields.at(key), text, type).orElse(otherwise);
  }

  // An empty text in a record means the same as none.
  private String text(String key) {
    List<String> texts = texts(key);
    return texts.isEmpty() ? "" : texts.get(0);
  }

  private List<String> texts(String key) {
    if (!fields.has(key)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Scalar one : fields.textsOrNone(key, MOST)) {
      if (one.text().length() > LONGEST) {
        fields.problem(one.at(), Kind.TOO_MANY, "characters", String.valueOf(LONGEST));
      } else if (!one.text().isEmpty()) {
        texts.add(one.text());
      }
    }
    return texts;
  }

  private void bad(String key, String text, String example) {
    fields.problem(fields.at(key), Kind.BAD_VALUE, text, example);
  }
}
