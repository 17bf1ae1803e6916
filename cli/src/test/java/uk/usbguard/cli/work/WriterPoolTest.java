package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.BugException;

@DisplayName("ENC-02: the threads that write files")
class WriterPoolTest {

  @Test
  @DisplayName("tell of every failure, also of one that ends a thread: no file is missing unsaid")
  void failures() throws Exception {
    assertThatIOException().isThrownBy(() -> after(new IOException("full"))).withMessage("full");
    assertThatExceptionOfType(BugException.class)
        .isThrownBy(() -> after(new IllegalStateException("wrong")));
    assertThatExceptionOfType(BugException.class)
        .isThrownBy(() -> after(new OutOfMemoryError("none left")))
        .withCauseInstanceOf(OutOfMemoryError.class);
  }

  private static void after(Throwable failure) throws Exception {
    try (WriterPool pool = new WriterPool(() -> false)) {
      pool.execute(
          () -> {
            if (failure instanceof IOException e) {
              throw e;
            }
            if (failure instanceof RuntimeException e) {
              throw e;
            }
            throw (Error) failure;
          });
      pool.finish();
    }
  }

  @Test
  @DisplayName("write everything, and nothing more once one has failed")
  void stopsAfterAFailure() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (WriterPool pool = new WriterPool(() -> false)) {
      for (int i = 0; i < 500; i++) {
        pool.execute(written::incrementAndGet);
      }
      pool.finish();
      assertThat(written).hasValue(500);
      pool.execute(
          () -> {
            throw new IOException("full");
          });
      assertThatThrownBy(pool::finish).hasMessage("full");
      assertThatThrownBy(() -> pool.execute(written::incrementAndGet)).hasMessage("full");
      assertThat(written).hasValue(500);
    }
  }
}
