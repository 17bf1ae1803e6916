package uk.usbguard.cli.work;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import uk.usbguard.cli.console.Progress;

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

  long millisecondsSince(long startNanos) {
    return (nanoTime.getAsLong() - startNanos) / 1_000_000;
  }
}
