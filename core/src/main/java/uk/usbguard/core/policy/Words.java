package uk.usbguard.core.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.PolicyProblem.Position;
import uk.usbguard.core.policy.YamlNode.Scalar;

/** Values that are one of a few words. */
final class Words {

  private Words() {}

  /** The member of the enum that a required key names. */
  static <E extends Enum<E>> Optional<E> one(Fields fields, String key, Class<E> type) {
    String text = fields.text(key, 64);
    return text.isEmpty() ? Optional.empty() : member(fields, fields.at(key), text, type);
  }

  static <E extends Enum<E>> Optional<E> member(
      Fields fields, Position at, String text, Class<E> type) {
    Map<String, E> members = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants()).forEach(one -> members.put(Labels.of(one), one));
    E member = members.get(text);
    if (member == null) {
      fields.problem(at, Kind.UNKNOWN_WORD, text, String.join(", ", members.keySet()));
    }
    return Optional.ofNullable(member);
  }

  /** The bits of the words that a key lists. */
  static long bits(Fields fields, String key, Map<String, Integer> words) {
    long bits = 0;
    for (Scalar one : fields.texts(key, 64)) {
      Integer bit = words.get(one.text());
      if (bit == null) {
        String known = String.join(", ", new TreeSet<>(words.keySet()));
        fields.problem(one.at(), Kind.UNKNOWN_WORD, one.text(), known);
      } else {
        bits |= 1L << bit;
      }
    }
    return bits;
  }
}
