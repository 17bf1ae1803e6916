package uk.usbguard.core.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.policy.Names.Pattern;
import uk.usbguard.core.policy.PolicyProblem.Kind;

/**
 * Finds rules that can never match, because no device can have all that they ask for, or because
 * earlier rules together take all of it.
 *
 * <p>Of names it suffices to look at those that the rule itself lists, one at a time: since no rule
 * can say "not", whatever covers a name as the rule writes it covers all that fits it, and only a
 * rule without a condition covers a rule without one. Of the traits the cover is exact. Interfaces
 * and hours are compared with one earlier rule at a time, so a rule may be unreachable and not be
 * reported, but never the other way round.
 */
@SuppressWarnings("EnumOrdinal") // a bit for each value: nothing outlives the process
final class Reachability {

  /** So many combinations of names, and pieces of a box, are looked at; then it passes. */
  private static final int MOST = 2_000;

  /**
   * So many steps are taken for a whole policy, some seconds at worst: what 4,000 rules need that
   * share no names. They are counted, not timed, so that every PC judges a policy the same.
   */
  private static final long MOST_STEPS = 20_000_000;

  /** So many of the rules that take everything are named. */
  private static final int MOST_NAMED = 5;

  /** Cutting a box into pieces takes as long as so many looks at a name. */
  private static final int STEPS_TO_CUT = 4;

  private final List<Box> impossible;
  private final List<Rule> earlier = new ArrayList<>();
  private long steps;
  private int unchecked;

  Reachability(AgeScale scale) {
    this.impossible = impossible(Box.all(scale));
  }

  /** How many rules, all of them at the end, were not looked at to the end: it took too long. */
  int unchecked() {
    return unchecked;
  }

  private boolean isSpent() {
    return steps > MOST_STEPS;
  }

  /** What is wrong with the next rule of the policy. */
  Optional<PolicyProblem> next(Rule rule) {
    Optional<PolicyProblem> problem = isSpent() ? Optional.empty() : judge(rule);
    if (isSpent()) {
      unchecked++;
    }
    earlier.add(rule);
    return problem;
  }

  private Optional<PolicyProblem> judge(Rule rule) {
    Box asked = rule.when().box();
    List<Box> possible = asked.isEmpty() ? List.of() : without(List.of(asked), impossible);
    if (possible.isEmpty()) {
      return Optional.of(PolicyProblem.of(rule.at(), Kind.CONTRADICTION, rule.id()));
    }
    List<Rule> candidates = new ArrayList<>();
    steps += earlier.size();
    for (Rule one : earlier) {
      if (mayTakeFrom(one, rule)) {
        candidates.add(one);
      }
    }
    BitSet taking = new BitSet(candidates.size());
    if (candidates.isEmpty() || isReachable(rule, possible, candidates, taking)) {
      return Optional.empty();
    }
    List<String> ids =
        taking.stream().mapToObj(i -> candidates.get(i).id()).limit(MOST_NAMED).toList();
    return Optional.of(
        PolicyProblem.of(rule.at(), Kind.SHADOWED, rule.id(), String.join(", ", ids)));
  }

  private static boolean mayTakeFrom(Rule earlier, Rule rule) {
    Condition when = earlier.when();
    return when.box().meets(rule.when().box()) && when.isNoStricterOutsideTheBox(rule.when());
  }

  /**
   * Whether something is left for a rule.
   *
   * @param taking here are put those of the candidates that take something of it
   */
  private boolean isReachable(Rule rule, List<Box> possible, List<Rule> candidates, BitSet taking) {
    var combinations = new Combinations(rule.when());
    Set<BitSet> known = new HashSet<>(); // most names are taken by the same rules
    for (int tried = 0; tried < MOST && !isSpent(); tried++) {
      BitSet takers = takers(combinations, candidates);
      if (known.add(takers)) {
        if (!isAllTaken(possible, takers, candidates, taking)) {
          return true;
        }
      }
      if (!combinations.advance()) {
        return false;
      }
    }
    return true; // not shown to be unreachable
  }

  private boolean isAllTaken(
      List<Box> possible, BitSet takers, List<Rule> candidates, BitSet taking) {
    List<Box> left = possible;
    for (int i = takers.nextSetBit(0); i >= 0 && !left.isEmpty(); i = takers.nextSetBit(i + 1)) {
      List<Box> before = left;
      left = without(before, List.of(candidates.get(i).when().box()));
      if (left.size() > MOST || isSpent()) {
        return false;
      }
      if (!left.equals(before)) { // a box that is not cut stays the same object
        taking.set(i);
      }
    }
    return left.isEmpty();
  }

  /** Which of the candidates cover the names that are looked at. */
  private BitSet takers(Combinations combinations, List<Rule> candidates) {
    BitSet takers = new BitSet(candidates.size());
    for (int i = 0; i < candidates.size() && !isSpent(); i++) {
      takers.set(i, combinations.isCoveredBy(candidates.get(i).when()));
    }
    return takers;
  }

  /** What is left; not all of it is taken away when that takes too long. */
  private List<Box> without(List<Box> from, List<Box> taken) {
    List<Box> left = from;
    for (Box one : taken) {
      List<Box> next = new ArrayList<>();
      steps += (long) STEPS_TO_CUT * left.size();
      for (Box piece : left) {
        next.addAll(piece.minus(one));
      }
      left = next;
      if (left.isEmpty() || left.size() > MOST || isSpent()) {
        break;
      }
    }
    return left;
  }

  /** What no device can be, or is decided before any rule is asked. */
  private static List<Box> impossible(Box all) {
    List<Box> boxes = new ArrayList<>();
    for (DeviceShape shape : DeviceShape.values()) {
      if (!shape.bearsData()) {
        boxes.add(all.with(Trait.SHAPE, bit(shape)));
      }
    }
    for (RegisterState state : RegisterState.values()) {
      if (state.isRevoked()) {
        boxes.add(all.with(Trait.STATE, bit(state)));
      }
    }
    Box unregistered = all.with(Trait.STATE, bit(RegisterState.UNREGISTERED));
    Box registered = all.with(Trait.STATE, ~bit(RegisterState.UNREGISTERED));
    boxes.add(unregistered.with(Trait.HOLDER, ~bit(Holder.NONE)));
    boxes.add(registered.with(Trait.HOLDER, bit(Holder.NONE)));
    boxes.add(unregistered.with(Trait.OWNERSHIP, ~bit(Ownership.UNKNOWN)));
    boxes.add(registered.with(Trait.OWNERSHIP, bit(Ownership.UNKNOWN)));
    boxes.add(unregistered.with(Trait.MEDIUM, bit(Trait.KnownMedium.REGISTERED)));
    return boxes;
  }

  private static long bit(Enum<?> value) {
    return 1L << value.ordinal();
  }

  /** Runs through the names that a rule lists, one of each field at a time. */
  private final class Combinations {

    private final List<NameField> fields = new ArrayList<>();
    private final List<List<Pattern>> patterns = new ArrayList<>();
    private final int[] chosen = new int[NameField.values().length];

    Combinations(Condition when) {
      for (NameField field : NameField.values()) {
        fields.add(field);
        patterns.add(when.names(field).patterns());
      }
    }

    boolean isCoveredBy(Condition other) {
      for (int i = 0; i < chosen.length; i++) {
        Names names = other.names(fields.get(i));
        List<Pattern> own = patterns.get(i);
        steps += own.isEmpty() ? 0 : names.stepsToCover();
        if (own.isEmpty() ? !names.isAny() : !names.covers(own.get(chosen[i]))) {
          return false;
        }
      }
      return true;
    }

    boolean advance() {
      for (int i = 0; i < chosen.length; i++) {
        if (++chosen[i] < patterns.get(i).size()) {
          return true;
        }
        chosen[i] = 0;
      }
      return false;
    }
  }
}
