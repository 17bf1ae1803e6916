package uk.usbguard.core.audit;

import org.jspecify.annotations.Nullable;

/**
 * ArcSight's Common Event Format, version 0: in the header backslash and bar are escaped, in values
 * of the extension backslash, equals sign and line ends. Other control characters, which the format
 * says nothing of, become U+FFFD.
 */
public final class CefFormat implements AuditFormat {

  /** Of the key {@code msg}. */
  private static final int LONGEST_MESSAGE = 1_023;

  private final String version;

  public CefFormat(String programVersion) {
    this.version = programVersion;
  }

  @Override
  public String line(AuditRecord event) {
    StringBuilder line = new StringBuilder("CEF:0");
    for (String part :
        new String[] {
          "usbguard", "usbguard", version, event.action(), event.action() + " " + event.result()
        }) {
      line.append('|').append(header(part));
    }
    line.append('|').append(severity(event)).append('|');
    put(line, "rt", Long.toString(event.time().toEpochMilli()));
    put(line, "externalId", Long.toString(event.entry()));
    put(line, "dvchost", event.host());
    put(line, "suser", event.user());
    put(line, "act", event.action());
    put(line, "outcome", event.result());
    put(line, "reason", event.reason());
    custom(line, 1, "subject", event.subject());
    custom(line, 2, "subjectId", event.id());
    custom(line, 3, "subjectNameHash", event.name());
    custom(line, 4, "device", event.device());
    custom(line, 5, "deviceNameHash", event.deviceName());
    custom(line, 6, "policyVersion", event.policy());
    labelled(line, "flexString1", "actor", event.actor());
    labelled(line, "flexString2", "rule", event.rule());
    put(line, "cat", event.effect());
    put(line, "msg", cut(event.decision()));
    return line.toString();
  }

  /** 0 to 10: what was refused or failed is more than what was done. */
  private static int severity(AuditRecord event) {
    return event.result().equals(AuditResult.SUCCEEDED.id()) ? 3 : 6;
  }

  private static void custom(StringBuilder line, int number, String label, @Nullable String value) {
    labelled(line, "cs" + number, label, value);
  }

  private static void labelled(
      StringBuilder line, String key, String label, @Nullable String value) {
    if (value != null) {
      put(line, key + "Label", label);
      put(line, key, value);
    }
  }

  private static @Nullable String cut(@Nullable String message) {
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE);
  }

  private static void put(StringBuilder line, String key, @Nullable String value) {
    if (value != null) {
      line.append(line.charAt(line.length() - 1) == '|' ? "" : " ");
      line.append(key).append('=').append(extension(value));
    }
  }

  /** Escapes a value of the header. It has no way to write a line end. */
  static String header(String value) {
    return PlainText.of(value.replace('\n', ' ').replace('\r', ' '))
        .replace("\\", "\\\\")
        .replace("|", "\\|");
  }

  /** Escapes a value of the extension. */
  static String extension(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\', '=' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        default -> escaped.append(c);
      }
    }
    return PlainText.of(escaped.toString());
  }
}
