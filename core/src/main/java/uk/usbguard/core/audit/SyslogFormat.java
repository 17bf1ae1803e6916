package uk.usbguard.core.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 5424, facility 13 (log audit), severity 5 (notice) for what succeeded and 4 (warning) for the
 * rest. The structured data's id has the enterprise number that RFC 5612 sets aside for examples:
 * this project has none of its own.
 */
public final class SyslogFormat implements AuditFormat {

  private static final int LOG_AUDIT = 13;
  private static final int WARNING = 4;
  private static final int NOTICE = 5;
  private static final String DATA_ID = "usbguard@32473";

  @Override
  public String line(AuditRecord event) {
    boolean succeeded = event.result().equals(AuditResult.SUCCEEDED.id());
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "entry", Long.toString(event.entry()));
    put(values, "result", event.result());
    put(values, "user", event.user());
    put(values, "actor", event.actor());
    put(values, "subject", event.subject());
    put(values, "id", event.id());
    put(values, "nameHash", event.name());
    put(values, "device", event.device());
    put(values, "deviceNameHash", event.deviceName());
    put(values, "reason", event.reason());
    put(values, "policy", event.policy());
    put(values, "effect", event.effect());
    put(values, "rule", event.rule());
    put(values, "decision", event.decision());
    return new SyslogMessage(LOG_AUDIT, succeeded ? NOTICE : WARNING, event.time().toString())
        .host(event.host())
        .app("usbguard", "-")
        .messageId(event.action())
        .data(DATA_ID, values)
        .text(event.action() + " " + event.result())
        .toString();
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
