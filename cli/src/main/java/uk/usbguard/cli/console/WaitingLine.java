package uk.usbguard.cli.console;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import uk.usbguard.cli.text.Texts;

/** One line on standard error that counts the seconds. Nothing within the first second. */
public final class WaitingLine implements Waiting {

  private final PrintWriter err;
  private final Texts texts;
  private final long tickMillis;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  private WaitingLine(PrintWriter err, Texts texts, long tickMillis) {
    this.err = err;
    this.texts = texts;
    this.tickMillis = tickMillis;
    this.thread = new Thread(this::count, "usbguard-waiting");
    thread.setDaemon(true);
  }

  /** Begins to count. */
  public static Waiting begin(PrintWriter err, Texts texts) {
    return begin(err, texts, 1_000);
  }

  static Waiting begin(PrintWriter err, Texts texts, long tickMillis) {
    WaitingLine line = new WaitingLine(err, texts, tickMillis);
    line.thread.start();
    return line;
  }

  private void count() {
    int width = 0;
    try {
      for (int seconds = 1; !ended.await(tickMillis, TimeUnit.MILLISECONDS); seconds++) {
        String text = texts.get("progress.key", seconds);
        width = text.length();
        err.print("\r" + text);
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
    }
  }

  @Override
  public void over() {
    ended.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
