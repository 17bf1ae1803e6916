package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static Optional<Json> read(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("Objects, arrays, strings, numbers and words are read as they are written")
  void reads() {
    Json json = read(" {\"a\": {\"b\": [1, \"2\", true, {}, []]}, \"c\":\"\"} ").orElseThrow();
    assertThat(json.get("a").get("b").items()).hasSize(5);
    assertThat(json.get("a").get("b").items().get(0).number()).isEqualTo(1);
    assertThat(json.get("a").get("b").items().get(1).number()).isEqualTo(2);
    assertThat(json.get("a").get("b").items().get(2).text()).isEqualTo("true");
    assertThat(json.get("none").get("deeper")).isEqualTo(Json.NOTHING);
    assertThat(json.get("c").number()).isEqualTo(-1);
  }

  @ParameterizedTest
  @DisplayName("What is malformed, or says a thing twice, is no document")
  @ValueSource(
      strings = {
        "",
        "{",
        "[1",
        "\"a",
        "{\"a\"}",
        "{\"a\":1,}",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "nul",
        "01x",
        "{} {}",
        "[1 2]",
        "{\"a\" 1}",
        "\"\\q\"",
        "\"\n\""
      })
  void refuses(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  @DisplayName("Depth and number of values are bounded, one above the bound is refused")
  void bounds() {
    int depth = JsonReader.MAX_DEPTH;
    assertThat(read("[".repeat(depth + 1) + "]".repeat(depth + 1))).isPresent();
    assertThat(read("[".repeat(depth + 2) + "]".repeat(depth + 2))).isEmpty();
    int most = JsonReader.MAX_VALUES - 1;
    assertThat(read("[" + "1,".repeat(most - 1) + "1]")).isPresent();
    assertThat(read("[" + "1,".repeat(most) + "1]")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A number that is negative, fractional or too long for a place on a medium is none")
  @ValueSource(strings = {"-1", "1.5", "1e9", "1234567890123456789"})
  void noNumber(String text) {
    assertThat(read(text).orElseThrow().number()).isEqualTo(-1);
  }
}
