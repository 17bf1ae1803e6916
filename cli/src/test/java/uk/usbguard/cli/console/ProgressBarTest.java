package uk.usbguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.text.Texts;

class ProgressBarTest {

  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong now = new AtomicLong();
  private final StringWriter err = new StringWriter();
  private final ProgressBar bar =
      new ProgressBar(new PrintWriter(err), new Texts(Locale.UK, ZoneOffset.UTC), now::get);

  /** The first bytes, some time after the key was derived. */
  @BeforeEach
  void begin() {
    now.set(100 * SECOND);
    bar.advanced(0, 100);
  }

  private void at(double seconds, long done, long total) {
    now.set((long) ((100 + seconds) * SECOND));
    bar.advanced(done, total);
  }

  @Test
  void saysNothingWithinTheFirstSecond() {
    at(0.2, 10, 100);
    at(0.9, 20, 100);
    bar.finished();

    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsAmountRateAndTimeLeft() {
    at(2, 1 << 20, 4 << 20);

    assertThat(err.toString())
        .isEqualTo("\r[######..................] 1.0 MiB of 4.0 MiB, 512 KiB/s, 0:06 left");
  }

  @Test
  void drawsAtMostFiveTimesASecondAndClearsTheLine() {
    for (int i = 0; i < 1000; i++) {
      at(2 + i / 1000.0, i, 1000);
    }
    bar.finished();
    bar.advanced(5, 5);

    assertThat(err.toString().split("\r", -1).length).isBetween(5, 10);
    assertThat(err.toString()).endsWith("\r");
  }

  @Test
  void showsHoursAndAnUnknownTotal() {
    at(10, 1 << 20, 4L << 30);
    at(11, 1 << 20, -1);

    assertThat(err.toString())
        .contains(":")
        .containsPattern("\\d+:\\d\\d:\\d\\d left")
        .contains("/s  ");
  }

  @Test
  void nobodyLookingCostsNothing() {
    Progress.NONE.advanced(1, 2);
    Progress.NONE.finished();
    assertThat(err.toString()).isEmpty();
  }
}
