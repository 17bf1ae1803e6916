package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import uk.usbguard.core.error.BugException;

/** Closes what was opened so far, last first, unless everything came to a good end. */
final class Closers implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Closes this as well if the end is not good. */
  <T extends AutoCloseable> T add(T opened) {
    open.push(opened);
    return opened;
  }

  /** The good end: somebody else owns all of it now. */
  void release() {
    open.clear();
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (AutoCloseable opened : open) {
      try {
        opened.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new BugException("closing", e);
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
