package uk.usbguard.core.audit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import uk.usbguard.core.error.BugException;

/** An event on its way into the log, and the receipt that its giver waits for. */
final class PendingEvent implements AuditReceipt {

  private final AuditEvent event;
  private final long begun;
  private final CompletableFuture<Long> done = new CompletableFuture<>();
  private long number;

  /**
   * @param begun the number of the entry that this one ends, or 0
   */
  PendingEvent(AuditEvent event, long begun) {
    this.event = event;
    this.begun = begun;
  }

  Consumer<Entry.Builder> fields(EventFields fields) {
    return entry -> {
      fields.put(event, entry);
      if (begun > 0) {
        entry.put(Field.BEGUN, begun);
      }
    };
  }

  /** It has a number, but is not on the medium yet. */
  void written(long entry) {
    number = entry;
  }

  /** It is on the medium. */
  void acknowledge() {
    done.complete(number);
  }

  void fail(Throwable cause) {
    done.completeExceptionally(cause);
  }

  @Override
  public boolean isDone() {
    return done.isDone();
  }

  @Override
  public long await() throws IOException, AuditException {
    Object outcome = done.<Object>thenApply(entry -> entry).exceptionally(e -> e).join();
    if (outcome instanceof Long entry) {
      return entry;
    }
    Throwable cause = (Throwable) outcome;
    if (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof AuditException e) {
      throw e;
    }
    if (cause instanceof IOException e) {
      throw new IOException(e.getMessage(), e);
    }
    throw new BugException("the audit log's writer failed", cause);
  }
}
