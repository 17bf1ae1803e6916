package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.error.ContainerException;

/**
 * What was done to a medium while somebody lived with a container, and what was promised when.
 *
 * @param name says which life it was
 * @param before the medium before the first event
 * @param firstCut number of events before the power may go; what they did may be come back to
 * @param rig opens images as anybody does, with the recovery key
 */
record Trace(
    String name,
    MemorySegments before,
    List<Event> events,
    int firstCut,
    List<Life.State> states,
    List<Life.Promise> promises,
    Opener opener,
    Rig rig) {

  /** Lives some steps, some more and an orderly end, and writes down what that does. */
  static Trace of(String name, Life life, Opener opener, List<LifeStep> first, List<LifeStep> steps)
      throws IOException, ContainerException {
    MemorySegments medium = life.rig.medium;
    MemorySegments before = medium.copy();
    medium.record();
    life.begin();
    life.live(first);
    life.rig.container.commit();
    int firstCut = medium.eventCount();
    life.live(steps);
    life.end();
    return new Trace(
        name, before, medium.events(), firstCut, life.states(), life.promises(), opener, life.rig);
  }

  /**
   * Goes on where a crash left a medium: opens it for writing, which may already write, does a
   * little and ends. What was found on it first is promised from the first event on.
   */
  static Trace afterCrash(String name, Trace first, MemorySegments image, Opening by)
      throws IOException, ContainerException {
    MemorySegments before = image.copy();
    MemorySegments medium = image.copy();
    medium.record();
    Rig rig = new Rig(first.rig(), medium, by.open(medium, OpenMode.READ_WRITE));
    Life life = new Life(rig, StoredTree.of(rig.container));
    life.live(new LifeStep.Put("/after", 7, 3_000));
    life.live(new LifeStep.Commit());
    life.live(new LifeStep.Remove("/after"));
    life.end();
    List<Life.State> states = new ArrayList<>(life.states());
    states.set(0, new Life.State(0, states.get(0).content()));
    List<Life.Promise> promises = new ArrayList<>(life.promises());
    Life.Promise found = promises.get(0);
    promises.set(0, new Life.Promise(0, found.states(), found.generation(), found.keyGeneration()));
    return new Trace(
        name, before, medium.events(), 0, states, promises, first.opener(), first.rig());
  }

  /** How a medium is opened. */
  @FunctionalInterface
  interface Opening {
    Container open(MemorySegments medium, OpenMode mode) throws IOException, ContainerException;
  }

  /** The last promise that was given before so many events. */
  Life.Promise promisedBefore(int events) {
    Life.Promise last = promises.get(0);
    for (Life.Promise promise : promises) {
      last = promise.events() <= events ? promise : last;
    }
    return last;
  }
}
