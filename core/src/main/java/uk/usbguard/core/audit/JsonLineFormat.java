package uk.usbguard.core.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object (RFC 8259) a line, printable ASCII only. */
public final class JsonLineFormat implements AuditFormat {

  @Override
  public String line(AuditRecord event) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    values.put("time", event.time().toString());
    values.put("action", event.action());
    values.put("result", event.result());
    values.put("host", event.host());
    values.put("user", event.user());
    values.put("actor", event.actor());
    values.put("subject", event.subject());
    values.put("id", event.id());
    values.put("nameHash", event.name());
    values.put("device", event.device());
    values.put("deviceNameHash", event.deviceName());
    values.put("reason", event.reason());
    values.put("policy", event.policy());
    values.put("effect", event.effect());
    values.put("rule", event.rule());
    values.put("decision", event.decision());
    StringBuilder json = new StringBuilder("{\"type\":\"audit-event\",\"entry\":");
    json.append(event.entry());
    values.forEach(
        (label, value) -> {
          if (value != null) {
            json.append(",\"").append(label).append("\":");
            EntryCodec.quote(json, value);
          }
        });
    return json.append('}').toString();
  }
}
