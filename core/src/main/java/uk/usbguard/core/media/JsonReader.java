package uk.usbguard.core.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the JSON of a LUKS2 header: RFC 8259 without escapes beyond one character, bounded in depth
 * and number of values. A name that stands twice makes the document invalid, because readers differ
 * in which of the two they believe.
 */
final class JsonReader {

  static final int MAX_DEPTH = 16;
  static final int MAX_VALUES = 20_000;

  private static final String ESCAPED = "\"\\/bfnrtu";

  private final String text;
  private int at;
  private int values;

  private JsonReader(String text) {
    this.text = text;
  }

  /** Not JSON, or more of it than any honest header has. */
  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The document, or nothing if it is malformed or breaks the bounds. */
  static Optional<Json> read(byte[] utf8) {
    JsonReader reader = new JsonReader(new String(utf8, StandardCharsets.UTF_8));
    try {
      Json document = reader.value(0);
      reader.skipSpace();
      return reader.at == reader.text.length() ? Optional.of(document) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private Json value(int depth) throws MalformedException {
    values++;
    require(depth <= MAX_DEPTH && values <= MAX_VALUES);
    skipSpace();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> Json.scalar(string());
      default -> word();
    };
  }

  private Json object(int depth) throws MalformedException {
    Map<String, Json> fields = new LinkedHashMap<>();
    at++;
    skipSpace();
    while (peek() != '}') {
      skipSpace();
      String name = string();
      skipSpace();
      take(':');
      require(fields.put(name, value(depth + 1)) == null);
      more('}');
    }
    at++;
    return Json.object(fields);
  }

  private Json array(int depth) throws MalformedException {
    List<Json> items = new ArrayList<>();
    at++;
    skipSpace();
    while (peek() != ']') {
      items.add(value(depth + 1));
      more(']');
    }
    at++;
    return Json.array(items);
  }

  /** After a member: a comma with another member behind it, or the end. */
  private void more(char end) throws MalformedException {
    skipSpace();
    if (peek() != end) {
      take(',');
      skipSpace();
      require(peek() != end);
    }
  }

  private String string() throws MalformedException {
    take('"');
    StringBuilder content = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      require(c >= ' ');
      content.append(c);
      if (c == '\\') {
        require(ESCAPED.indexOf(peek()) >= 0);
        content.append(text.charAt(at++));
      }
    }
    at++;
    return content.toString();
  }

  /** A number or one of true, false and null. */
  private Json word() throws MalformedException {
    int from = at;
    while (at < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    require(word.matches("true|false|null|-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?"));
    return Json.scalar(word);
  }

  private char peek() throws MalformedException {
    require(at < text.length());
    return text.charAt(at);
  }

  private void take(char expected) throws MalformedException {
    require(peek() == expected);
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static void require(boolean holds) throws MalformedException {
    if (!holds) {
      throw new MalformedException();
    }
  }
}
