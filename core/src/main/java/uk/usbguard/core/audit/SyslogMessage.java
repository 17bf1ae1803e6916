package uk.usbguard.core.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message of RFC 5424. The header's fields are printable ASCII without spaces, cut to the lengths
 * of section 6; a field with nothing in it is {@code -}. Values of structured data are UTF-8 with
 * the three escapes of section 6.3.3, so that every value comes back as it was, but for control
 * characters, which become U+FFFD.
 */
final class SyslogMessage {

  private final int priority;
  private final String timestamp;
  private final Map<String, Map<String, String>> data = new LinkedHashMap<>();
  private String host = "-";
  private String app = "-";
  private String process = "-";
  private String messageId = "-";
  private String text = "";

  SyslogMessage(int facility, int severity, String timestamp) {
    this.priority = facility * 8 + severity;
    this.timestamp = timestamp;
  }

  SyslogMessage host(String value) {
    host = field(value, 255);
    return this;
  }

  SyslogMessage app(String name, String processId) {
    app = field(name, 48);
    process = field(processId, 128);
    return this;
  }

  SyslogMessage messageId(String value) {
    messageId = field(value, 32);
    return this;
  }

  /** Names are ours: printable, without the characters that section 6.3.2 forbids. */
  SyslogMessage data(String id, Map<String, String> values) {
    data.put(id, values);
    return this;
  }

  SyslogMessage text(String value) {
    text = value;
    return this;
  }

  @Override
  public String toString() {
    StringBuilder message = new StringBuilder();
    message.append('<').append(priority).append(">1 ").append(timestamp);
    for (String part : new String[] {host, app, process, messageId}) {
      message.append(' ').append(part);
    }
    message.append(' ');
    data.forEach((id, values) -> element(message, id, values));
    if (data.isEmpty()) {
      message.append('-');
    }
    return text.isEmpty() ? message.toString() : message.append(' ').append(text).toString();
  }

  private static void element(StringBuilder message, String id, Map<String, String> values) {
    message.append('[').append(id);
    values.forEach(
        (name, value) ->
            message.append(' ').append(name).append("=\"").append(escape(value)).append('"'));
    message.append(']');
  }

  private static String escape(String value) {
    return PlainText.of(value).replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
  }

  private static String field(String value, int longest) {
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < value.length() && field.length() < longest; i++) {
      char c = value.charAt(i);
      field.append(c > ' ' && c < 0x7f ? c : '?');
    }
    return field.length() == 0 ? "-" : field.toString();
  }
}
