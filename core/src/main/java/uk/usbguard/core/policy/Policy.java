package uk.usbguard.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.media.Verdict;
import uk.usbguard.core.policy.Decision.Grounds;

/**
 * A policy that was read and found sound. The first rule that holds decides; if none does, the
 * device is blocked. Revocation comes before every rule, the floors come after it, and neither can
 * be switched off. Immutable; any number of threads may ask it.
 */
public final class Policy {

  /** Larger files are refused before they are read. */
  public static final int LARGEST_FILE = YamlReader.LARGEST;

  private final Header header;
  private final List<Rule> rules;
  private final RuleIndex index;
  private final AgeScale scale;
  private final Names untouched;
  private final int unchecked;

  Policy(Header header, List<Rule> rules, AgeScale scale, Names untouched, int unchecked) {
    this.unchecked = unchecked;
    this.header = header;
    this.rules = List.copyOf(rules);
    this.index = new RuleIndex(rules);
    this.scale = scale;
    this.untouched = untouched;
  }

  /**
   * What a policy says of itself.
   *
   * @param version grows with every change; an older one is refused
   * @param organisation whose it is; empty if anybody's
   * @param contact whom staff ask
   * @param audits it decides and records, and blocks nothing but what is revoked
   * @param neverWrites nothing is written, whatever a rule, exemption or override says
   * @param review who last looked at it as a whole; null if it does not say
   */
  public record Header(
      String name,
      long version,
      String organisation,
      String contact,
      boolean audits,
      boolean neverWrites,
      @Nullable PolicyReview review) {

    Header asking(String other) {
      return new Header(name, version, organisation, other, audits, neverWrites, review);
    }
  }

  /**
   * Reads a policy file.
   *
   * @throws InvalidPolicyException with everything that is wrong with it
   */
  public static Policy parse(byte[] file) throws InvalidPolicyException {
    return new PolicyParser().parse(YamlReader.read(file));
  }

  /** What is used where no policy can be trusted: everything that bears data is blocked. */
  public static Policy denyAll(String contact) {
    return new Policy(
        new Header("deny-all", 0, "", contact, false, true, null),
        List.of(),
        new AgeScale(new TreeSet<>()),
        Names.ANY,
        0);
  }

  /** The same rules, and decisions that send people to somebody else with their questions. */
  public Policy asking(String contact) {
    return new Policy(header.asking(contact), rules, scale, untouched, unchecked);
  }

  /** What it says of itself. */
  public Header header() {
    return header;
  }

  /** How many rules it has. */
  public int size() {
    return rules.size();
  }

  /**
   * How many rules, from the end, nobody knows whether they can ever match: the policy is too large
   * for that.
   */
  public int unchecked() {
    return unchecked;
  }

  /** The ids of its rules, in the order in which they are asked. */
  public List<String> ruleIds() {
    return rules.stream().map(Rule::id).toList();
  }

  /** What follows for these facts, and why. */
  public Decision decide(Facts facts) {
    Decision made = judge(facts);
    return made.with(
        switch (made.grounds().reason()) {
          case CHECK_IN_DUE -> nextLimit(made);
          case CHECK_IN_OVERDUE, CHECK_IN_LOCKED -> passedLimit(made);
          default -> Optional.empty();
        });
  }

  private Decision judge(Facts facts) {
    if (facts.standing().revoked() || facts.standing().state().isRevoked()) {
      return decision(Effect.BLOCK, Effect.BLOCK, Grounds.builtIn(Reason.REVOKED), facts);
    }
    if (!facts.device().shape().bearsData()) {
      return decision(Effect.ALLOW, Effect.ALLOW, Grounds.builtIn(Reason.NOT_STORAGE), facts);
    }
    if (isListed(facts.device())) {
      return decision(Effect.ALLOW, Effect.ALLOW, Grounds.builtIn(Reason.LISTED), facts);
    }
    Decision enforced = enforced(facts);
    return header.audits()
        ? decision(Effect.AUDIT_ONLY, enforced.effect(), enforced.grounds(), facts)
        : enforced;
  }

  /** The next limit over which the same device is allowed less. */
  private Optional<Duration> nextLimit(Decision made) {
    Optional<Duration> age = made.facts().checkInAge();
    for (Duration limit : scale.limits()) {
      if (age.isPresent() && age.get().compareTo(limit) <= 0) {
        Effect over = judge(made.facts().seen(limit.plusSeconds(1))).intended();
        if (made.intended().allowsMoreThan(over)) {
          return Optional.of(limit);
        }
      }
    }
    return Optional.empty();
  }

  /** The last limit up to which the same device was allowed more. */
  private Optional<Duration> passedLimit(Decision made) {
    Optional<Duration> age = made.facts().checkInAge();
    Optional<Duration> passed = Optional.empty();
    for (Duration limit : scale.limits()) {
      boolean isOver = age.isEmpty() || age.get().compareTo(limit) > 0;
      if (isOver && judge(made.facts().seen(limit)).intended().allowsMoreThan(made.intended())) {
        passed = Optional.of(limit);
      }
    }
    return passed;
  }

  /**
   * Whether a device may be let in as far as it takes to look at its medium: some verdict would
   * give something other than a block. What the verdict in the facts is does not matter.
   */
  public boolean isWorthReading(Facts facts) {
    for (Verdict verdict : Verdict.values()) {
      if (judge(facts.with(verdict)).effect() != Effect.BLOCK) {
        return true;
      }
    }
    return false;
  }

  private Decision enforced(Facts facts) {
    Optional<Rule> rule = index.first(new Condition.Probe(facts, scale));
    if (rule.isEmpty()) {
      return decision(Effect.BLOCK, Effect.BLOCK, Grounds.builtIn(Reason.NO_RULE), facts);
    }
    Floors.Held held = Floors.hold(rule.get().effect(), facts);
    if (header.neverWrites() && held.effect().letsWrite() && !Floors.isFree(facts)) {
      held = Floors.readable(Effect.READ_ONLY, Optional.of(Reason.READ_ONLY_PLACE), facts);
    }
    Grounds own = rule.get().grounds();
    Grounds grounds =
        held.reason().map(reason -> new Grounds(own.rule(), reason, own.alert(), "")).orElse(own);
    return decision(held.effect(), held.effect(), grounds, facts);
  }

  // Storage is never left alone for its numbers' sake: anybody can forge those.
  private boolean isListed(Facts.Device device) {
    DeviceShape shape = device.shape();
    boolean mayBe = shape == DeviceShape.VENDOR_SPECIFIC || shape == DeviceShape.UNKNOWN;
    return mayBe && !untouched.isAny() && untouched.matchesOneOf(List.of(device.identity().key()));
  }

  private Decision decision(Effect effect, Effect intended, Grounds grounds, Facts facts) {
    return new Decision(effect, intended, grounds, header.contact(), facts, Optional.empty());
  }
}
