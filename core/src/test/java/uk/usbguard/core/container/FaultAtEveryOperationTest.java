package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.container.CrashOracle.Outcome;
import uk.usbguard.core.container.MemorySegments.Fault;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.container.MemorySegments.TornWriteException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.MediumFullException;

/**
 * Does short lives again and again and lets the first operation on the medium fail, the second, and
 * so on to the last. Afterwards the stick is pulled.
 */
class FaultAtEveryOperationTest {

  private static final int DRAWS = 6;

  /** How an operation fails. */
  enum Failure {
    /** Once: there is no space. */
    FULL,
    /** Once; of a write half arrives. */
    TORN,
    /** From then on. */
    GONE
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  @DisplayName(
      "ENC-03: whichever operation fails, and however, what was promised is there afterwards, also"
          + " after a pull")
  void losesNothing(Failure failure) throws Exception {
    CrashTally tally = new CrashTally("an operation fails: " + failure);
    for (CrashLives.Brief brief : CrashLives.briefLives()) {
      Rig rig = brief.begin();
      int operation = 0;
      while (failsAt(rig, brief, failure, operation, tally)) {
        operation += stride(brief, operation);
      }
      rig.container.close();
      assertThat(operation).as("operations of %s", brief.name()).isGreaterThan(5);
    }
    System.out.println("crash states:   " + tally);
  }

  /** Between two copies of the key area the same is written many times over. */
  private static int stride(CrashLives.Brief brief, int operation) {
    boolean settles = brief.steps().stream().anyMatch(LifeStep.ChangeKeys.class::isInstance);
    return settles && operation > 20 ? 13 : 1;
  }

  /** Returns false once the life has fewer operations. */
  private static boolean failsAt(
      Rig like, CrashLives.Brief brief, Failure failure, int operation, CrashTally tally)
      throws Exception {
    String what = brief.name() + ", " + failure + " at operation " + operation;
    Opener opener = new Opener(like);
    MemorySegments medium = like.medium.copy();
    Rig rig = new Rig(like, medium, opener.open(medium, OpenMode.READ_WRITE));
    Life life = new Life(rig, StoredTree.of(rig.container));
    MemorySegments before = medium.copy();
    medium.record();
    life.begin();
    AtomicInteger left = new AtomicInteger(operation);
    medium.failWhere(fault(failure, left));
    Optional<Exception> failed = failureOf(life, brief.steps());
    medium.mend();
    Optional<Map<String, byte[]>> shown = shownAfterRefusal(rig, failed);
    closeQuietly(rig.container);
    assertThat(medium.openFiles()).as(what).isZero();
    boolean came = left.get() < 0;
    if (came) {
      Trace trace =
          new Trace(what, before, medium.events(), 0, life.states(), life.promises(), opener, rig);
      examine(trace, life, medium, shown, tally);
    }
    return came || failed.isPresent();
  }

  /** What was there once a full medium had refused a change: that is what has to stay. */
  private static Optional<Map<String, byte[]>> shownAfterRefusal(
      Rig rig, Optional<Exception> failed) throws Exception {
    boolean goesOn =
        failed.filter(MediumFullException.class::isInstance).isPresent()
            && !rig.container.session().isClosed();
    return goesOn ? Optional.of(StoredTree.of(rig.container)) : Optional.empty();
  }

  private static void examine(
      Trace trace,
      Life life,
      MemorySegments medium,
      Optional<Map<String, byte[]>> shown,
      CrashTally tally)
      throws Exception {
    try (Container container = trace.opener().open(medium.copy(), OpenMode.READ_ONLY)) {
      Map<String, byte[]> found = StoredTree.of(container);
      assertThat(life.possible())
          .as(trace.name())
          .anyMatch(state -> StoredTree.same(found, state.content()));
      shown.ifPresent(
          tree ->
              assertThat(StoredTree.difference(found, tree))
                  .as("%s: what was refused stays away", trace.name())
                  .isEmpty());
      assertThat(BookAudit.of(container).faults()).as(trace.name()).isEmpty();
    }
    CrashOracle oracle = new CrashOracle(trace);
    int last = trace.events().size();
    PowerCuts.through(
        trace,
        0,
        cut -> {
          if (cut.done() >= last - 1) {
            Crashes.some(
                cut,
                DRAWS,
                new Random(last),
                (image, fates) -> {
                  CrashOracle.Verdict verdict = oracle.look(image, cut, trace.name() + fates);
                  tally.add(verdict);
                  assertThat(verdict.outcome()).as(trace.name()).isEqualTo(Outcome.PROMISED);
                });
          }
        });
  }

  private static Fault fault(Failure failure, AtomicInteger left) {
    return (kind, segment, offset, length) -> {
      if (kind == Kind.READ) {
        return;
      }
      int n = left.getAndDecrement();
      if (n == 0 || (n < 0 && failure == Failure.GONE)) {
        switch (failure) {
          case FULL -> throw new IOException("No space left on device");
          case TORN ->
              throw kind == Kind.WRITE
                  ? new TornWriteException(length / 2)
                  : new IOException("Input/output error");
          default -> throw new IOException("Input/output error");
        }
      }
    };
  }

  private static Optional<Exception> failureOf(Life life, List<LifeStep> steps) {
    try {
      life.live(steps);
      life.end();
      return Optional.empty();
    } catch (IOException | ContainerException e) {
      return Optional.of(e);
    }
  }

  private static void closeQuietly(Container container) {
    try {
      container.close();
    } catch (IOException | ContainerException e) {
      // what was not promised is lost, which the test looks at
    }
  }
}
