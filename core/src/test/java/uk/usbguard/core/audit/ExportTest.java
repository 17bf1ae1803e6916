package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AUD-01: what other systems get")
class ExportTest {

  private static final String HOSTILE = "a|b=c\\d\ne]f\"g\rh\u202e\u0000é";

  private static AuditRecord record(String id) {
    return new AuditRecord(
        42,
        Instant.parse("2026-11-24T06:00:00.123Z"),
        "device-decide",
        "denied",
        "ward-5-pc",
        "nurse",
        "b|o=ss",
        "device",
        id,
        "00112233445566778899aabbccddeeff",
        null,
        null,
        "not-registered",
        "ward-4:7",
        "block",
        "not-in-register",
        "{\"host\":\"a=b]\"}",
        0);
  }

  private static Map<String, String> pairs(String... values) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      map.put(values[i], values[i + 1]);
    }
    return map;
  }

  @Test
  @DisplayName("RFC 5424, 6.5, example 4: only structured data")
  void givesTheExampleOfTheRfcWithoutMessage() {
    String message =
        new SyslogMessage(20, 5, "2003-10-11T22:14:15.003Z")
            .host("mymachine.example.com")
            .app("evntslog", "-")
            .messageId("ID47")
            .data(
                "exampleSDID@32473",
                pairs("iut", "3", "eventSource", "Application", "eventID", "1011"))
            .data("examplePriority@32473", pairs("class", "high"))
            .toString();

    assertThat(message)
        .isEqualTo(
            "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47"
                + " [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"]"
                + "[examplePriority@32473 class=\"high\"]");
  }

  @Test
  @DisplayName("RFC 5424, 6.5, example 2: no structured data")
  void givesTheExampleOfTheRfcWithoutData() {
    String message =
        new SyslogMessage(20, 5, "2003-08-24T05:14:15.000003-07:00")
            .host("192.0.2.1")
            .app("myproc", "8710")
            .text("%% It's time to make the do-nuts.")
            .toString();

    assertThat(message)
        .isEqualTo(
            "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - -"
                + " %% It's time to make the do-nuts.");
  }

  @Test
  @DisplayName("RFC 5424: an event is one message by the ABNF of section 6, and nothing gets out")
  void anEventIsOneSyslogMessage() {
    String message = new SyslogFormat().line(record(HOSTILE));
    Matcher parts =
        Pattern.compile(
                "<(\\d{1,3})>1 (\\S+) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) "
                    + "\\[([^ =\\]\"]{1,32})"
                    + "(( [^ =\\]\"]{1,32}=\"([^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*)\\] (.*)")
            .matcher(message);

    assertThat(parts.matches()).as(message).isTrue();
    assertThat(parts.group(1)).isEqualTo("108"); // 13 * 8 + 4
    assertThat(parts.group(6)).isEqualTo("device-decide");
    assertThat(message)
        .contains(" user=\"nurse\" actor=\"b|o=ss\" ")
        .contains(" id=\"a|b=c\\\\d\uFFFDe\\]f\\\"g\uFFFDh\uFFFD\uFFFDé\"")
        .contains(
            " policy=\"ward-4:7\" effect=\"block\" rule=\"not-in-register\""
                + " decision=\"{\\\"host\\\":\\\"a=b\\]\\\"}\"]")
        .endsWith("] device-decide denied");
  }

  @Test
  @DisplayName("RFC 5424, 6: an empty field is a hyphen, a long one is cut, an odd one replaced")
  void headerFieldsKeepTheirForm() {
    String message =
        new SyslogMessage(13, 5, "2026-11-24T06:00:00Z")
            .host("")
            .app("a b\nc" + "x".repeat(100), "-")
            .toString();

    assertThat(message)
        .isEqualTo("<109>1 2026-11-24T06:00:00Z - a?b?c" + "x".repeat(43) + " - - -");
  }

  @Test
  @DisplayName("CEF: the specification's examples of escaping")
  void givesTheExamplesOfCef() {
    // "detected a \| in message", "detected a \\ in packet", "detected a = in message" in a header;
    // "act=blocked a | dst=1.1.1.1", "act=blocked a \\", "act=blocked a \=", "msg=...\n..."
    assertThat(CefFormat.header("detected a | in message")).isEqualTo("detected a \\| in message");
    assertThat(CefFormat.header("detected a \\ in packet")).isEqualTo("detected a \\\\ in packet");
    assertThat(CefFormat.header("detected a = in message")).isEqualTo("detected a = in message");
    assertThat(CefFormat.extension("blocked a |")).isEqualTo("blocked a |");
    assertThat(CefFormat.extension("blocked a \\")).isEqualTo("blocked a \\\\");
    assertThat(CefFormat.extension("blocked a =")).isEqualTo("blocked a \\=");
    assertThat(CefFormat.extension("Detected a threat.\n No action needed."))
        .isEqualTo("Detected a threat.\\n No action needed.");
  }

  @Test
  void anEventIsOneLineOfCef() {
    assertThat(new CefFormat("1.0").line(record(HOSTILE)))
        .isEqualTo(
            "CEF:0|usbguard|usbguard|1.0|device-decide|device-decide denied|6|"
                + "rt=1795500000123 externalId=42 dvchost=ward-5-pc suser=nurse act=device-decide"
                + " outcome=denied reason=not-registered cs1Label=subject cs1=device"
                + " cs2Label=subjectId cs2=a|b\\=c\\\\d\\ne]f\"g\\rh\uFFFD\uFFFDé"
                + " cs3Label=subjectNameHash cs3=00112233445566778899aabbccddeeff"
                + " cs6Label=policyVersion cs6=ward-4:7"
                + " flexString1Label=actor flexString1=b|o\\=ss"
                + " flexString2Label=rule flexString2=not-in-register cat=block"
                + " msg={\"host\":\"a\\=b]\"}");
  }

  @Test
  @DisplayName("a JSON line is one that Jackson reads back as it was")
  void aJsonLineComesBack() throws Exception {
    String line = new JsonLineFormat().line(record(HOSTILE));
    JsonNode json = new ObjectMapper().readTree(line);

    assertThat(line).matches("[ -~]+");
    assertThat(json.get("type").asText()).isEqualTo("audit-event");
    assertThat(json.get("entry").asLong()).isEqualTo(42);
    assertThat(json.get("id").asText()).isEqualTo(HOSTILE);
    assertThat(json.get("actor").asText()).isEqualTo("b|o=ss");
    assertThat(json.has("device")).isFalse();
  }
}
