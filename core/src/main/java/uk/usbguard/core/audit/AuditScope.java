package uk.usbguard.core.audit;

import java.io.IOException;

/**
 * Something that was begun. It ends as a failure, unless it was said to have succeeded or to have
 * been denied before it is closed: an exception, a forgotten call, a killed process are failures.
 *
 * <pre>{@code
 * try (AuditScope scope = log.begin(AuditAction.KEY_ADD, subject)) {
 *   ...
 *   scope.succeeded();
 * }
 * }</pre>
 */
public final class AuditScope implements AutoCloseable {

  private static final String NOT_COMPLETED = "not-completed";

  private final AuditLog log;
  private final long begun;
  private AuditEvent end;
  private boolean closed;

  AuditScope(AuditLog log, AuditEvent begin, long begun) {
    this.log = log;
    this.begun = begun;
    this.end = begin.with(AuditResult.FAILED).because(NOT_COMPLETED);
  }

  /** The number of the entry with which it began. */
  public long entry() {
    return begun;
  }

  /** It was done. */
  public void succeeded() {
    end = end.with(AuditResult.SUCCEEDED).because(null);
  }

  /** It was not done, for this reason. */
  public void failed(String reason) {
    end = end.with(AuditResult.FAILED).because(reason);
  }

  /** A rule said no. */
  public void denied(String reason) {
    end = end.with(AuditResult.DENIED).because(reason);
  }

  /** It turned out what it was about. */
  public void about(AuditSubject subject) {
    end =
        new AuditEvent(
            end.action(), end.result(), subject, end.device(), end.reason(), end.decision());
  }

  /** A policy decided it so. */
  public void decidedBy(AuditDecision decision) {
    end = end.decidedBy(decision);
  }

  /** Records how it ended, and returns once that is on the medium. */
  @Override
  public void close() throws IOException, AuditException {
    if (!closed) {
      closed = true;
      log.submit(end, begun).await();
    }
  }
}
