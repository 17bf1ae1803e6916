package uk.usbguard.cli.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import uk.usbguard.cli.text.Texts;

/** One line on standard error: bar, amount, rate and time left. Nothing within the first second. */
public final class ProgressBar implements Progress {

  private static final long FIRST_AFTER_NANOS = 1_000_000_000L;
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final int CELLS = 24;

  private final PrintWriter err;
  private final Texts texts;
  private final LongSupplier nanoTime;

  /** Guards those below; the writer is used under it, so that lines do not mix. */
  private final Object lock = new Object();

  /** When the first bytes came: deriving the key is not counted. */
  private long start;

  private boolean begun;
  private long lastDrawn;
  private int width;
  private boolean finished;

  public ProgressBar(PrintWriter err, Texts texts, LongSupplier nanoTime) {
    this.err = err;
    this.texts = texts;
    this.nanoTime = nanoTime;
  }

  @Override
  public void advanced(long doneBytes, long totalBytes) {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      if (!begun) {
        begun = true;
        start = now;
        lastDrawn = now + FIRST_AFTER_NANOS - REDRAW_NANOS;
      }
      if (!finished && now - lastDrawn >= REDRAW_NANOS) {
        lastDrawn = now;
        draw(line(doneBytes, totalBytes, (now - start) / 1e9));
      }
    }
  }

  @Override
  public void finished() {
    synchronized (lock) {
      if (!finished && width > 0) {
        draw("");
        err.print('\r');
        err.flush();
      }
      finished = true;
    }
  }

  private String line(long done, long total, double seconds) {
    double rate = done / seconds;
    String amount = texts.size(done);
    String speed = texts.size((long) rate);
    if (total <= 0) {
      return texts.get("progress.open", amount, speed);
    }
    int filled = (int) Math.min(CELLS, CELLS * done / total);
    String bar = "#".repeat(filled) + ".".repeat(CELLS - filled);
    String left = rate <= 0 ? "?" : duration((long) Math.ceil((total - done) / rate));
    return texts.get("progress.bar", bar, amount, texts.size(total), speed, left);
  }

  private void draw(String line) {
    err.print('\r');
    err.print(line);
    err.print(" ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }

  private static String duration(long seconds) {
    long left = Math.max(0, seconds);
    return left < 3600
        ? String.format(Locale.ROOT, "%d:%02d", left / 60, left % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60);
  }
}
