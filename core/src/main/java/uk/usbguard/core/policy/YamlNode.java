package uk.usbguard.core.policy;

import java.util.List;
import java.util.Map;
import uk.usbguard.core.policy.PolicyProblem.Position;

/** What a YAML file says, with where it says it. */
sealed interface YamlNode {

  Position at();

  /**
   * Text.
   *
   * @param plain not in quotes: could be a number or true or false
   */
  record Scalar(Position at, String text, boolean plain) implements YamlNode {}

  /** A list. */
  record Sequence(Position at, List<YamlNode> items) implements YamlNode {}

  /** Keys and values in the order of the file. */
  record Mapping(Position at, Map<String, Entry> entries) implements YamlNode {}

  /** A key's place and its value. */
  record Entry(Position key, YamlNode value) {}

  /** What it is, for a message. */
  default String type() {
    if (this instanceof Scalar) {
      return "text";
    }
    return this instanceof Sequence ? "list" : "mapping";
  }
}
