package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {

  private static final String GOOD =
      "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\",\"id\":\"a\\u000ab\\\"\"}";

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void whatWasEncodedComesBack() {
    Entry entry =
        new Entry.Builder(7, Instant.parse("2026-11-24T06:00:00Z"), EntryKind.EVENT)
            .put(Field.ID, "a\nb\"")
            .build();

    assertThat(new String(EntryCodec.encode(entry), StandardCharsets.US_ASCII)).isEqualTo(GOOD);
    assertThat(EntryCodec.decode(ascii(GOOD))).hasValue(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"seq\":7}",
        "{\"seq\":07,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\"}",
        "{\"seq\":-7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\"}",
        "{\"seq\":99999999999999999999,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\"}",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00Z\",\"kind\":\"event\"}",
        "{\"seq\":7,\"time\":\"yesterday\",\"kind\":\"event\"}",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"party\"}",
        "{\"time\":\"2026-11-24T06:00:00.000Z\",\"seq\":7,\"kind\":\"event\"}",
        "{\"seq\":7,\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\"}",
        "{\"seq\":7, \"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\"}",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\"} ",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\",\"id\":\"\\u0041\"}",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\",\"id\":\"\\u000A\"}",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\",\"id\":\"\\",
        "{\"seq\":7,\"time\":\"2026-11-24T06:00:00.000Z\",\"kind\":\"event\",\"new\":\"x\"}"
      })
  @DisplayName("AUD-02 there is one way to write an entry; everything else is none")
  void everythingElseIsNone(String json) {
    assertThat(EntryCodec.decode(ascii(json))).isEmpty();
  }

  @Test
  @DisplayName("AUD-02 a line's hash is SHA-256 over the hash before it and its entry")
  void aLinesHashIsAsDocumented() throws Exception {
    String previous = "11".repeat(32);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(HexFormat.of().parseHex(previous));
    String hash = HexFormat.of().formatHex(sha256.digest(ascii(GOOD)));

    LogLine line = LogLine.of(previous, EntryCodec.decode(ascii(GOOD)).orElseThrow());

    assertThat(new String(line.bytes(), StandardCharsets.US_ASCII))
        .isEqualTo(hash + " " + previous + " " + GOOD + "\n");
  }
}
