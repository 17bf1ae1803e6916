package uk.usbguard.core.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON in printable ASCII, of texts, truth values, lists and mappings. */
final class JsonText {

  private final StringBuilder json = new StringBuilder(512);

  private JsonText() {}

  static String of(Map<String, ?> mapping) {
    JsonText text = new JsonText();
    text.mapping(mapping);
    return text.json.toString();
  }

  private void mapping(Map<?, ?> mapping) {
    json.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : mapping.entrySet()) {
      comma(first);
      first = false;
      quote(String.valueOf(entry.getKey()));
      json.append(':');
      value(entry.getValue());
    }
    json.append('}');
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> mapping) {
      mapping(mapping);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Boolean) {
      json.append(value);
    } else {
      quote(String.valueOf(value));
    }
  }

  private void list(List<?> list) {
    json.append('[');
    boolean first = true;
    for (Object one : list) {
      comma(first);
      first = false;
      value(one);
    }
    json.append(']');
  }

  private void comma(boolean first) {
    if (!first) {
      json.append(',');
    }
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        json.append(c);
      } else {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    json.append('"');
  }
}
