package uk.usbguard.core.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry as JSON: flat, one order of fields, one way to write each character, printable ASCII
 * only. {@code encode(decode(b))} is {@code b}, or there is nothing decoded. So no value can begin
 * a line or steer a terminal, and there is no second text with the same meaning.
 */
final class EntryCodec {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private EntryCodec() {}

  static byte[] encode(Entry entry) {
    return encode(entry.fields(), true);
  }

  /** What a checkpoint signs: the entry as it would be without the signature. */
  static byte[] encodeUnsigned(Entry entry) {
    return encode(entry.fields(), false);
  }

  private static byte[] encode(Map<Field, String> fields, boolean signature) {
    StringBuilder json = new StringBuilder(256).append('{');
    for (Map.Entry<Field, String> field : fields.entrySet()) { // an EnumMap: in order
      if (field.getKey() == Field.SIGNATURE && !signature) {
        continue;
      }
      json.append(json.length() == 1 ? "\"" : ",\"").append(field.getKey().label()).append("\":");
      if (field.getKey().isNumber()) {
        json.append(field.getValue());
      } else {
        quote(json, field.getValue());
      }
    }
    return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
  }

  static void quote(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
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

  /** Nothing if it is not exactly what {@link #encode} writes. */
  static Optional<Entry> decode(byte[] json) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    Scanner scanner = new Scanner(new String(json, StandardCharsets.US_ASCII));
    if (!scanner.take('{')) {
      return Optional.empty();
    }
    do {
      if (!readField(scanner, fields)) {
        return Optional.empty();
      }
    } while (scanner.take(','));
    if (!scanner.take('}') || !scanner.isAtEnd()) {
      return Optional.empty();
    }
    // The order, leading zeros and escapes that need not be are settled by writing it again.
    return Arrays.equals(encode(fields, true), json) ? Entry.of(fields) : Optional.empty();
  }

  private static boolean readField(Scanner scanner, Map<Field, String> fields) {
    @Nullable String label = scanner.string();
    @Nullable Field field = label == null ? null : Field.byLabel().get(label);
    if (field == null || fields.containsKey(field) || !scanner.take(':')) {
      return false;
    }
    @Nullable String value = field.isNumber() ? scanner.digits() : scanner.string();
    if (value == null || (field.isNumber() && !NUMBER.matcher(value).matches())) {
      return false;
    }
    fields.put(field, value);
    return true;
  }

  /** Reads the few things that our JSON is made of. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    boolean isAtEnd() {
      return at == text.length();
    }

    boolean take(char wanted) {
      if (at < text.length() && text.charAt(at) == wanted) {
        at++;
        return true;
      }
      return false;
    }

    @Nullable String digits() {
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      return text.substring(start, at);
    }

    @Nullable String string() {
      if (!take('"')) {
        return null;
      }
      StringBuilder value = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return value.toString();
        }
        int plain = c == '\\' ? escaped() : c;
        if (plain < 0) {
          return null;
        }
        value.append((char) plain);
      }
      return null;
    }

    private int escaped() {
      if (at == text.length()) {
        return -1;
      }
      char c = text.charAt(at++);
      if (c == '"' || c == '\\') {
        return c;
      }
      if (c != 'u' || at + 4 > text.length()) {
        return -1;
      }
      int value = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(text.charAt(at++), 16);
        if (digit < 0) {
          return -1;
        }
        value = value * 16 + digit;
      }
      return value;
    }
  }
}
