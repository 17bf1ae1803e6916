package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.io.SegmentedFile;

/**
 * Says whether what an image opens at may be there. Each commit of the trace is read once in full
 * and compared with the model; of an image it is then enough to know at which commit it opens and
 * whether the records of that commit are there byte for byte.
 */
final class CrashOracle {

  /**
   * A commit of the trace.
   *
   * @param image the medium when it had just been written
   * @param reached all records that it refers to
   * @param states numbers of the model's states that it may be
   */
  private record Truth(
      long generation,
      MemorySegments image,
      List<BookAudit.Reached> reached,
      Map<String, byte[]> content,
      List<Integer> states) {}

  /** What an image turned out to be. */
  enum Outcome {
    /** All that was promised is there and verifies. */
    PROMISED,
    /** An older state, which verifies. */
    OLDER,
    /** What does not verify is named by a verification. */
    DAMAGED,
    /** It does not open. */
    LOST
  }

  /**
   * What an image turned out to be, and how many promised commits are not in it.
   *
   * @param lostCommits commits after the one it opens at and up to the last promised one
   * @param inWindow nothing is lost that was settled before the crash
   */
  record Verdict(Outcome outcome, int lostCommits, boolean inWindow) {}

  /** A commit and what of it is not there. */
  private record Damage(long generation, List<BookAudit.Reached> missing) {}

  private final Trace trace;
  private final Map<CommitRecord.Previous, Truth> truths = new HashMap<>();
  private final Set<Damage> damageSeen = new HashSet<>();
  private final List<Long> generations = new ArrayList<>();

  /** Reads all commits of a trace. */
  CrashOracle(Trace trace) throws IOException, ContainerException {
    this.trace = trace;
    MemorySegments image = trace.before().copy();
    learn(image);
    for (Event event : trace.events()) {
      image.replay(event);
      if (event.kind() == Kind.WRITE) {
        learn(image);
      }
    }
  }

  private void learn(MemorySegments image) throws IOException, ContainerException {
    FoundCommit found = trace.opener().find(image).commit();
    if (truths.containsKey(found.identity())) {
      return;
    }
    MemorySegments then = image.copy();
    try (Container container = trace.opener().open(then, OpenMode.READ_ONLY)) {
      Map<String, byte[]> content = StoredTree.of(container);
      BookAudit audit = BookAudit.of(container);
      assertThat(audit.faults()).as("%s: books of a commit", trace.name()).isEmpty();
      List<Integer> states = new ArrayList<>();
      for (int i = 0; i < trace.states().size(); i++) {
        if (StoredTree.same(content, trace.states().get(i).content())) {
          states.add(i);
        }
      }
      assertThat(states).as("%s: states that a commit may be", trace.name()).isNotEmpty();
      long generation = found.record().generation();
      truths.put(found.identity(), new Truth(generation, then, audit.reached(), content, states));
      generations.add(generation);
    }
  }

  /**
   * Looks at the image after a crash. Whatever else it is: it is one of the commits, none newer
   * than can be, and nothing in it is silently wrong.
   *
   * @param what says which crash it was
   */
  Verdict look(MemorySegments image, PowerCuts.Cut cut, Object what)
      throws IOException, ContainerException {
    Opener.Found found;
    try {
      found = trace.opener().find(image);
    } catch (DamagedContainerException e) {
      return new Verdict(Outcome.LOST, lostSince(-1, cut), false);
    }
    Truth truth = truths.get(found.commit().identity());
    assertThat(truth).as("%s: the commit that opens is none of the trace", what).isNotNull();
    int lost = lostSince(truth.generation(), cut);
    List<BookAudit.Reached> missing = missing(truth, image);
    if (!missing.isEmpty()) {
      requireNamed(truth, missing, image, what);
      boolean settled = missing.stream().anyMatch(r -> isThere(truth, r, cut.sure()));
      return new Verdict(Outcome.DAMAGED, lost, !settled && isNewEnough(truth, cut.settled()));
    }
    Life.Promise promise = trace.promisedBefore(cut.done());
    boolean promised =
        truth.states().stream().anyMatch(i -> i >= promise.states() - 1 && isPossible(i, cut))
            && truth.generation() >= promise.generation()
            && found.keyGeneration() >= promise.keyGeneration();
    return new Verdict(
        promised ? Outcome.PROMISED : Outcome.OLDER, lost, isNewEnough(truth, cut.settled()));
  }

  private boolean isNewEnough(Truth truth, int settled) {
    return truth.generation() >= trace.promisedBefore(settled).generation();
  }

  private boolean isPossible(int state, PowerCuts.Cut cut) {
    return trace.states().get(state).since() <= cut.done();
  }

  private int lostSince(long generation, PowerCuts.Cut cut) {
    long promised = trace.promisedBefore(cut.done()).generation();
    return (int) generations.stream().filter(g -> g > generation && g <= promised).count();
  }

  private static List<BookAudit.Reached> missing(Truth truth, MemorySegments image) {
    List<BookAudit.Reached> missing = new ArrayList<>();
    for (BookAudit.Reached reached : truth.reached()) {
      if (!isThere(truth, reached, image)) {
        missing.add(reached);
      }
    }
    return missing;
  }

  private static boolean isThere(Truth truth, BookAudit.Reached reached, MemorySegments image) {
    int segment = SegmentedFile.segmentOf(reached.position());
    long offset = SegmentedFile.offsetOf(reached.position());
    return image.sameAs(truth.image(), segment, offset, reached.length());
  }

  /** What is missing is what a verification has to name; looked at once for the same damage. */
  private void requireNamed(
      Truth truth, List<BookAudit.Reached> missing, MemorySegments image, Object what)
      throws IOException, ContainerException {
    if (damageSeen.add(new Damage(truth.generation(), missing))) {
      try (Container container = trace.opener().open(image, OpenMode.READ_ONLY)) {
        NamedDamage.require(container, truth.content(), what);
      }
    }
  }
}
