package uk.usbguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.text.Texts;

class WaitingLineTest {

  private static final String FIRST = "Deriving the key, which is slow on purpose: 1 s";

  private final CountDownLatch drawn = new CountDownLatch(2);
  private final StringWriter err = new StringWriter();
  private final PrintWriter writer =
      new PrintWriter(err) {
        @Override
        public void flush() {
          super.flush();
          drawn.countDown();
        }
      };

  private Waiting begin(long tickMillis) {
    return WaitingLine.begin(writer, new Texts(Locale.UK, ZoneOffset.UTC), tickMillis);
  }

  @Test
  void countsUntilItIsOverAndFreesTheLine() throws InterruptedException {
    Waiting waiting = begin(1);
    assertThat(drawn.await(30, TimeUnit.SECONDS)).isTrue();
    waiting.over();

    assertThat(err.toString())
        .startsWith("\r" + FIRST + "\r" + FIRST.replace("1 s", "2 s"))
        .endsWith("\r" + " ".repeat(FIRST.length()) + "\r");
  }

  @Test
  void saysNothingOfWhatIsQuick() {
    begin(60_000).over();

    assertThat(err.toString()).isEmpty();
  }
}
