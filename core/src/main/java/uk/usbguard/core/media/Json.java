package uk.usbguard.core.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a JSON document. A field or item that is not there, or is of another kind, is {@link
 * #NOTHING}: whoever reads a hostile document asks for what it needs and gets that or nothing.
 */
record Json(Optional<String> scalar, Map<String, Json> fields, List<Json> items) {

  static final Json NOTHING = new Json(Optional.empty(), Map.of(), List.of());

  Json {
    fields = Map.copyOf(fields);
    items = List.copyOf(items);
  }

  static Json scalar(String text) {
    return new Json(Optional.of(text), Map.of(), List.of());
  }

  static Json object(Map<String, Json> fields) {
    return new Json(Optional.empty(), fields, List.of());
  }

  static Json array(List<Json> items) {
    return new Json(Optional.empty(), Map.of(), items);
  }

  Json get(String field) {
    return fields.getOrDefault(field, NOTHING);
  }

  /** The string, or the number as it is written; empty if it is neither. */
  String text() {
    return scalar.orElse("");
  }

  /** A whole number that is not negative, as a number or in a string; -1 if it is none. */
  long number() {
    String digits = text();
    if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(Json::isDigit)) {
      return -1;
    }
    return Long.parseLong(digits);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
