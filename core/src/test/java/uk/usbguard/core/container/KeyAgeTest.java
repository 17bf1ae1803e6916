package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("KEY-02: a master key")
class KeyAgeTest {

  @ParameterizedTest(name = "made {0} is {2} on {1}")
  @CsvSource({
    "2026-01-15T12:00:00Z, 2026-01-15T12:00:00Z, FINE",
    "2026-01-15T12:00:00Z, 2025-12-01T00:00:00Z, FINE",
    "2026-01-15T12:00:00Z, 2027-10-15T11:59:59Z, FINE",
    "2026-01-15T12:00:00Z, 2027-10-15T12:00:00Z, DUE",
    "2026-01-15T12:00:00Z, 2028-01-15T11:59:59Z, DUE",
    "2026-01-15T12:00:00Z, 2028-01-15T12:00:00Z, EXPIRED",
    "2026-01-15T12:00:00Z, 2040-01-01T00:00:00Z, EXPIRED",
    "2026-05-31T00:00:00Z, 2028-02-29T00:00:00Z, DUE",
    "9999-12-31T23:59:59Z, 2026-01-15T12:00:00Z, FINE"
  })
  @DisplayName("is due after 21 months and expired after 24")
  void isDueAfter21MonthsAndExpiredAfter24(Instant made, Instant now, KeyAge expected) {
    assertThat(KeyAge.of(made, Clock.fixed(now, ZoneOffset.UTC))).isEqualTo(expected);
  }
}
