package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's parser is the judge. */
class UtcTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-24T09:30:00Z",
        "2024-02-29T23:59:59Z",
        "2025-02-29T00:00:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T24:00:01Z",
        "2026-13-01T00:00:00Z",
        "2026-11-24T09:60:00Z",
        "2026-12-31T23:59:60Z",
        "2026-11-24T12:00:60Z",
        "2026-11-24T09:30:00.123Z",
        "2026-11-24T09:30:00+01:00",
        "2026-11-24t09:30:00z",
        "2026-11-24 09:30:00Z",
        "٢٠٢٦-11-24T09:30:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "-026-11-24T09:30:00Z",
        "",
        "2026-11-24T09:30Z"
      })
  void readsAsTheJdkDoes(String text) {
    assertThat(ours(text)).isEqualTo(theirs(text));
  }

  private static Optional<Instant> ours(String text) {
    try {
      return Optional.of(UtcTime.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> theirs(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
