package uk.usbguard.core.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.PolicyProblem.Position;
import uk.usbguard.core.policy.YamlNode.Entry;
import uk.usbguard.core.policy.YamlNode.Mapping;
import uk.usbguard.core.policy.YamlNode.Scalar;
import uk.usbguard.core.policy.YamlNode.Sequence;

/**
 * The keys of one mapping, taken one by one. Problems are noted and reading goes on, so that a
 * person gets all of them at once; what stays untaken at the end is unknown.
 */
final class Fields {

  private static final int MOST_DIGITS = 15;

  private final Mapping mapping;
  private final Map<String, Entry> left;
  private final Set<String> known = new TreeSet<>();
  private final List<PolicyProblem> problems;

  Fields(Mapping mapping, List<PolicyProblem> problems) {
    this.mapping = mapping;
    this.left = new LinkedHashMap<>(mapping.entries());
    this.problems = problems;
  }

  Position at() {
    return mapping.at();
  }

  /** Where the value of a key stands, or the mapping if it is not there. */
  Position at(String key) {
    Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.at() : entry.value().at();
  }

  boolean has(String key) {
    known.add(key);
    return mapping.entries().containsKey(key);
  }

  void problem(Position at, Kind kind, String... facts) {
    problems.add(PolicyProblem.of(at, kind, facts));
  }

  /** Text of at most so many characters; a problem and empty text if it is missing or else. */
  String text(String key, int longest) {
    return required(key).map(node -> textOf(key, node, longest)).orElse("");
  }

  String optionalText(String key, int longest) {
    return taken(key).map(node -> textOf(key, node, longest)).orElse("");
  }

  OptionalLong number(String key) {
    Optional<YamlNode> node = required(key);
    if (node.isEmpty()) {
      return OptionalLong.empty();
    }
    if (node.get() instanceof Scalar scalar
        && scalar.plain()
        && scalar.text().matches("[0-9]{1," + MOST_DIGITS + "}")) {
      return OptionalLong.of(Long.parseLong(scalar.text()));
    }
    problem(
        node.get().at(),
        Kind.WRONG_TYPE,
        "whole number of at most " + MOST_DIGITS + " digits, without quotes");
    return OptionalLong.empty();
  }

  boolean flag(String key) {
    Optional<YamlNode> node = taken(key);
    if (node.isEmpty()) {
      return false;
    }
    if (node.get() instanceof Scalar scalar
        && scalar.plain()
        && (scalar.text().equals("true") || scalar.text().equals("false"))) {
      return scalar.text().equals("true");
    }
    problem(node.get().at(), Kind.WRONG_TYPE, "true or false");
    return false;
  }

  Optional<Fields> mapping(String key) {
    Optional<YamlNode> node = taken(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Mapping inner) {
      if (inner.entries().isEmpty()) {
        problem(inner.at(), Kind.NOTHING_IN_IT, key);
      }
      return Optional.of(new Fields(inner, problems));
    }
    problem(node.get().at(), Kind.WRONG_TYPE, "mapping");
    return Optional.empty();
  }

  /** A list of mappings. */
  List<Fields> mappings(String key, int most) {
    List<Fields> inner = new ArrayList<>();
    for (YamlNode item : items(key, most)) {
      if (item instanceof Mapping one) {
        inner.add(new Fields(one, problems));
      } else {
        problem(item.at(), Kind.WRONG_TYPE, "mapping");
      }
    }
    return inner;
  }

  /** One text, or a list of different texts. */
  List<Scalar> texts(String key, int most) {
    Entry entry = mapping.entries().get(key);
    if (entry != null && entry.value() instanceof Scalar one) {
      taken(key);
      return List.of(one);
    }
    List<Scalar> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlNode item : items(key, most)) {
      if (!(item instanceof Scalar scalar)) {
        problem(item.at(), Kind.WRONG_TYPE, "text");
      } else if (seen.add(scalar.text())) {
        texts.add(scalar);
      } else {
        problem(item.at(), Kind.DUPLICATE_VALUE, scalar.text());
      }
    }
    return texts;
  }

  /** The same, but an empty list is one too. */
  List<Scalar> textsOrNone(String key, int most) {
    Entry entry = mapping.entries().get(key);
    if (entry != null && entry.value() instanceof Sequence list && list.items().isEmpty()) {
      taken(key);
      return List.of();
    }
    return texts(key, most);
  }

  /** A problem for every key that nobody has asked for. */
  void finish() {
    left.forEach(
        (key, entry) -> problem(entry.key(), Kind.UNKNOWN_KEY, key, String.join(", ", known)));
  }

  private List<YamlNode> items(String key, int most) {
    Optional<YamlNode> node = taken(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof Sequence list)) {
      problem(node.get().at(), Kind.WRONG_TYPE, "list");
      return List.of();
    }
    if (list.items().isEmpty()) {
      problem(list.at(), Kind.NOTHING_IN_IT, key);
    }
    if (list.items().size() > most) {
      problem(list.at(), Kind.TOO_MANY, key, String.valueOf(most));
      return List.of();
    }
    return list.items();
  }

  private Optional<YamlNode> required(String key) {
    Optional<YamlNode> node = taken(key);
    if (node.isEmpty()) {
      problem(mapping.at(), Kind.MISSING_KEY, key);
    }
    return node;
  }

  private Optional<YamlNode> taken(String key) {
    known.add(key);
    return Optional.ofNullable(left.remove(key)).map(Entry::value);
  }

  private String textOf(String key, YamlNode node, int longest) {
    if (!(node instanceof Scalar scalar)) {
      problem(node.at(), Kind.WRONG_TYPE, "text");
      return "";
    }
    if (scalar.text().isBlank()) {
      problem(node.at(), Kind.NOTHING_IN_IT, key);
    } else if (scalar.text().length() > longest) {
      problem(node.at(), Kind.TOO_MANY, "characters", String.valueOf(longest));
    }
    return scalar.text();
  }
}
