package uk.usbguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptionTest {

  @Test
  void doesNotWaitForAPrompt() {
    Interruption interruption = new Interruption();
    interruption.request(); // would hang
    assertThat(interruption.isRequested()).isTrue();
  }

  @Test
  void doesNotWaitWhileAPersonIsAskedInTheMiddleOfWork() {
    Interruption interruption = new Interruption();
    interruption.working();
    interruption.asking(true);
    assertTimeoutPreemptively(Duration.ofSeconds(20), interruption::request);
  }

  @Test
  void waitsForWorkToEndInOrder() throws InterruptedException {
    Interruption interruption = new Interruption();
    interruption.working();
    CountDownLatch over = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              interruption.request();
              over.countDown();
            });
    hook.start();
    while (!interruption.isRequested()) {
      Thread.onSpinWait();
    }
    assertThat(over.getCount()).isEqualTo(1);
    interruption.finished();
    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
