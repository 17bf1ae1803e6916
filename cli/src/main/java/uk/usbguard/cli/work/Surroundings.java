package uk.usbguard.cli.work;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.core.container.ProgressListener;

/**
 * What every long piece of work is given.
 *
 * @param watched whether somebody looks at the progress
 * @param cancelled whether Ctrl-C was pressed
 * @param strict whether anything left out is a failure
 */
public record Surroundings(
    Progress progress,
    boolean watched,
    BooleanSupplier cancelled,
    LongSupplier nanoTime,
    boolean strict) {

  /** Shows how far something is, and ends it by a {@link CancellationException} on Ctrl-C. */
  public ProgressListener stoppable() {
    return (done, total) -> {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("interrupted");
      }
      progress.advanced(done, total);
    };
  }

  long millisecondsSince(long startNanos) {
    return (nanoTime.getAsLong() - startNanos) / 1_000_000;
  }
}
