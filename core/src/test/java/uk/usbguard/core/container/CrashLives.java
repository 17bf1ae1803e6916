package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import uk.usbguard.core.container.LifeStep.ClockJump;
import uk.usbguard.core.container.LifeStep.Commit;
import uk.usbguard.core.container.LifeStep.Compact;
import uk.usbguard.core.container.LifeStep.EditStep;
import uk.usbguard.core.container.LifeStep.MakeFolder;
import uk.usbguard.core.container.LifeStep.Put;
import uk.usbguard.core.container.LifeStep.Remove;
import uk.usbguard.core.container.LifeStep.RemoveTree;
import uk.usbguard.core.container.LifeStep.Rename;
import uk.usbguard.core.container.LifeStep.Reopen;

/** Lives of containers that the power is cut off from. */
final class CrashLives {

  private static final int MIB = 1 << 20;

  private CrashLives() {}

  /**
   * A short life, which is about one thing.
   *
   * @param first what was done before the part that matters
   */
  record Brief(String name, int segmentMib, List<LifeStep> first, List<LifeStep> steps) {

    /** The container as it is before the steps. */
    Rig begin() throws Exception {
      Rig rig = new Rig(segmentMib);
      Life life = new Life(rig);
      life.live(first);
      life.live(new Commit());
      return rig;
    }
  }

  /** Short ones that can be begun again and again. */
  static List<Brief> briefLives() {
    return List.of(
        new Brief("small files", 64, List.of(), smallFiles()),
        new Brief("sessions", 4, List.of(), sessions()),
        new Brief("an edited file", 64, List.of(), edits()),
        new Brief("a tree of folders", 4, List.of(), tree()),
        new Brief("keys", 64, List.of(), keys()),
        new Brief("the end of a segment", 4, List.of(filler(2 * MIB + 700_000)), growth(90_000)),
        new Brief("compaction", 4, junk(), List.of(new Compact())),
        new Brief("space that is used again", 64, manyCommits(), growth(3_000)));
  }

  /** What the short ones do to a medium, and what a deletion does to a full one. */
  static List<Trace> brief() throws Exception {
    List<Trace> traces = new ArrayList<>();
    for (Brief brief : briefLives()) {
      traces.add(trace(brief));
    }
    traces.add(thirdArea());
    traces.add(thirdAreaGoes());
    traces.add(full());
    return traces;
  }

  private static Trace thirdArea() throws Exception {
    List<LifeStep> first = List.of(filler(31 * MIB - 300_000));
    return trace(new Brief("the third area", 64, first, growth(90_000)));
  }

  /** Compaction cuts the third area off, and life goes on without it. */
  private static Trace thirdAreaGoes() throws Exception {
    List<LifeStep> first =
        List.of(
            new Put("/n0", 1, 5_000),
            new Commit(),
            filler(33 * MIB),
            new Commit(),
            new Remove("/filler"));
    List<LifeStep> steps = new ArrayList<>();
    steps.add(new Compact());
    steps.addAll(growth(3_000));
    steps.add(new LifeStep.ChangeKeys());
    return trace(new Brief("the third area goes", 64, first, steps));
  }

  /** Keys change in a container that has been used before. */
  static Trace keyChanges() throws Exception {
    Rig rig = new Rig(64);
    Opener opener = new Opener(rig);
    List<LifeStep> then = new ArrayList<>(keys());
    then.addAll(smallFiles());
    then.addAll(keys());
    return Trace.of("changes of keys", new Life(rig), opener, manyCommits(), then);
  }

  /** A commit of several batches, after commits that nobody was told of. */
  static Trace largeFile() throws Exception {
    return trace(new Brief("one large file", 64, List.of(), List.of(new Put("/n0", 1, 17 * MIB))));
  }

  private static Trace trace(Brief brief) throws Exception {
    Rig rig = brief.begin();
    Opener opener = new Opener(rig);
    Life life = new Life(rig, StoredTree.of(rig.container));
    return Trace.of(brief.name(), life, opener, List.of(), brief.steps());
  }

  /** On a full medium a deletion goes into the reserve, and empty commits follow it. */
  private static Trace full() throws Exception {
    Rig rig = new Rig(64);
    Opener opener = new Opener(rig);
    Life life = new Life(rig);
    for (int i = 0; i < 6; i++) {
      life.live(new Put("/f" + i, i, 400_000));
      life.live(new Commit());
    }
    rig.medium.setCapacity(rig.medium.totalBytes());
    return Trace.of(
        "a full medium",
        life,
        opener,
        List.of(),
        List.of(new Remove("/f0"), new Commit(), new Reopen()));
  }

  /**
   * A long one: what people do at random to a container that has been used before.
   *
   * @param seed even ones have segments of 4 MiB
   */
  static Trace random(long seed, int steps) throws Exception {
    Random random = new Random(seed);
    Rig rig = new Rig(seed % 2 == 0 ? 4 : 64);
    Opener opener = new Opener(rig);
    Life life = new Life(rig);
    RandomSteps dice = new RandomSteps(random, true, 12);
    List<LifeStep> first = new ArrayList<>(dice.list(100));
    first.addAll(manyCommits());
    return Trace.of("life " + seed, life, opener, first, dice.list(steps));
  }

  private static LifeStep filler(int length) {
    return new Put("/filler", 99, length);
  }

  private static List<LifeStep> smallFiles() {
    return List.of(
        new Put("/n0", 1, 200),
        new Commit(),
        new Put("/n0", 2, 5_000),
        new Put("/cafe\u0301", 3, 70),
        new Commit(),
        new Remove("/N0"),
        new Remove("/n0"),
        new Commit(),
        new ClockJump(-3_600_000),
        new Put("/CAF\u00c9", 4, 0),
        new Commit());
  }

  private static List<LifeStep> sessions() {
    return List.of(
        new Put("/n0", 1, 700),
        new Reopen(),
        new Put("/fi le", 2, 9_000),
        new Reopen(),
        new Reopen(),
        new Remove("/n0"),
        new Reopen());
  }

  private static List<LifeStep> edits() {
    return List.of(
        new Put("/n0", 1, 150_000),
        new Commit(),
        new LifeStep.Edit(
            "/n0",
            List.of(
                new EditStep.Write(70_000, 2, 10),
                new EditStep.Flush(),
                new EditStep.CommitMeanwhile(),
                new EditStep.Truncate(66_000),
                new EditStep.CommitMeanwhile(),
                new EditStep.Write(140_000, 3, 500))));
  }

  private static List<LifeStep> tree() {
    return List.of(
        new MakeFolder("/d0"),
        new Put("/d0/n0", 1, 300),
        new Commit(),
        new Rename("/d0", "/d2"),
        new Commit(),
        new MakeFolder("/d2/d0"),
        new Rename("/d2/n0", "/d2/d0/cafe"),
        new Commit(),
        new RemoveTree("/d2"));
  }

  private static List<LifeStep> keys() {
    return List.of(
        new Put("/n0", 1, 300),
        new LifeStep.ChangeKeys(),
        new Put("/n0", 2, 300),
        new LifeStep.ChangeKeys());
  }

  private static List<LifeStep> growth(int length) {
    List<LifeStep> steps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      steps.add(new Put("/g" + i, i, length));
      steps.add(new Commit());
    }
    return steps;
  }

  /** Files of which every second one goes. */
  private static List<LifeStep> junk() {
    List<LifeStep> steps = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      steps.add(new Put("/j" + i, i, 500_000));
      steps.add(new Commit());
    }
    for (int i = 0; i < 10; i += 2) {
      steps.add(new Remove("/j" + i));
    }
    steps.add(new Commit());
    return steps;
  }

  /** The ring of root slots has gone round, and space that was freed is old enough. */
  private static List<LifeStep> manyCommits() {
    List<LifeStep> steps = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      steps.add(new Put("/often", i, 300 + i * 10));
      steps.add(new Commit());
    }
    return steps;
  }
}
