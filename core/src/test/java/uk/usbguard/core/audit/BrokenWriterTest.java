package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditException.Reason;
import uk.usbguard.core.error.BugException;

@DisplayName("AUD-01: whoever records is told how it ended, whatever breaks in the writer")
class BrokenWriterTest {

  /** Far more than a write takes, far less than for ever. */
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  @TempDir private Path temp;
  private Path folder;
  private final BreakableMemory memory = new BreakableMemory();

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  /** Breaks while it is told. */
  private static final class BreakableMemory implements HeadMemory {
    private volatile @Nullable Supplier<Throwable> breaks;

    @Override
    public List<AuditHead> heads(Path folder) {
      return List.of();
    }

    @Override
    public void remember(Path folder, AuditHead head) {
      Supplier<Throwable> how = breaks;
      Throwable thrown = how == null ? null : how.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException fault) {
        throw fault;
      }
    }
  }

  /** Signs at each entry, or only when the interval is over. */
  private AuditLog open(int entriesPerCheckpoint, Duration interval) throws Exception {
    var limits = new AuditSettings.Limits(entriesPerCheckpoint, interval, 64L << 20, AT_MOST);
    return AuditLog.open(folder, Logs.settings(memory).withLimits(limits));
  }

  private static void record(AuditLog log, int i) {
    assertTimeoutPreemptively(AT_MOST, () -> log.record(Logs.event(i)));
  }

  @Test
  @DisplayName("an error while a group is written: it and all later ones are refused, none waits")
  void anErrorInAGroupEndsTheLog() throws Exception {
    AuditLog log = open(1, Duration.ofHours(1));
    record(log, 1);
    memory.breaks = () -> new StackOverflowError("injected");

    assertThatThrownBy(() -> record(log, 2))
        .isInstanceOf(BugException.class)
        .hasRootCauseInstanceOf(StackOverflowError.class);
    assertRefused(log);
    assertThatThrownBy(() -> assertTimeoutPreemptively(AT_MOST, log::close))
        .hasRootCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  @DisplayName("an error while it is signed by the clock: later ones are refused, none waits")
  void anErrorInACheckpointEndsTheLog() throws Exception {
    AuditLog log = open(1000, Duration.ofMillis(50));
    memory.breaks = () -> new StackOverflowError("injected");

    assertRefused(log);
    assertThatThrownBy(() -> assertTimeoutPreemptively(AT_MOST, log::close))
        .hasRootCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  @DisplayName("a fault while it is signed by the clock: the log goes on, and closing tells of it")
  void aFaultInACheckpointIsToldOnClosing() throws Exception {
    AuditLog log = open(1000, Duration.ofMillis(50));
    var broken = new CountDownLatch(1);
    memory.breaks =
        () -> {
          broken.countDown();
          return new IllegalStateException("injected");
        };
    record(log, 1);
    assertThat(broken.await(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    record(log, 2);

    assertThatThrownBy(() -> assertTimeoutPreemptively(AT_MOST, log::close))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(Logs.events(folder)).hasSize(2);
  }

  /** Sooner or later: what is taken in before the writer breaks is on the medium. */
  private static void assertRefused(AuditLog log) {
    assertThatThrownBy(
            () -> {
              for (int i = 0; ; i++) {
                record(log, i);
              }
            })
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(BugException.class),
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        AuditException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED)));
    assertThatThrownBy(() -> record(log, 0)).isInstanceOf(AuditException.class);
  }
}
