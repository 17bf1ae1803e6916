package uk.usbguard.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C. The work in progress is asked to end and given the time for a last commit; no thread is
 * ever interrupted, because that closes the container's file under it.
 */
public final class Interruption {

  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile boolean working;
  private volatile boolean asking;
  private volatile Runnable atPrompt = () -> {};

  /** Whether the work should end as soon as what is there is whole. */
  public boolean isRequested() {
    return requested;
  }

  /** From here on the process does not end before {@link #finished}. */
  public void working() {
    working = true;
  }

  /** Whether a person is being asked: then nothing is under way that has to be ended in order. */
  void asking(boolean now) {
    asking = now;
  }

  /** What says that nothing was changed, if the end is asked for while a person is being asked. */
  public void atPrompt(Runnable says) {
    atPrompt = says;
  }

  /** All is written and said. */
  public void finished() {
    finished.countDown();
  }

  /** Asks for the end and waits for it. Runs as the process's shutdown hook. */
  public void request() {
    requested = true;
    if (asking) {
      atPrompt.run();
      return;
    }
    if (!working) {
      return;
    }
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return; // A medium that hangs: the container is as of its last commit.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
