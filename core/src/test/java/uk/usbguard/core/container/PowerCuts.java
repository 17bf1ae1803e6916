package uk.usbguard.core.container;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;

/**
 * Every moment of a trace at which the power can go, with what is on the medium then for certain
 * and what is still under way.
 *
 * <p>An honest medium has for certain what was forced. One that lies acknowledges a force at once
 * and still loses any of the last so many writes.
 */
final class PowerCuts {

  /**
   * The power goes right after an event.
   *
   * @param done number of events so far
   * @param settled number of events of which nothing can be lost any more
   * @param sure the medium with all that is there for certain; not to be changed
   * @param open what is under way, oldest first; the last one has just begun
   */
  record Cut(int done, int settled, MemorySegments sure, List<Event> open) {}

  /** Looks at one cut. */
  @FunctionalInterface
  interface Look {
    void at(Cut cut) throws Exception;
  }

  private static final class Pending {
    private final Event event;
    private final int number;
    private final int write;
    private boolean forced;

    Pending(Event event, int number, int write) {
      this.event = event;
      this.number = number;
      this.write = write;
    }
  }

  private final MemorySegments sure;
  private final int lostWrites;
  private final Deque<Pending> open = new ArrayDeque<>();
  private int writes;

  private PowerCuts(MemorySegments before, int lostWrites) {
    this.sure = before.copy();
    this.lostWrites = lostWrites;
  }

  /**
   * Goes through a trace.
   *
   * @param lostWrites how many writes before the cut a force says nothing about; 0 is honest
   */
  static void through(Trace trace, int lostWrites, Look look) throws Exception {
    PowerCuts cuts = new PowerCuts(trace.before(), lostWrites);
    for (int done = 1; done <= trace.events().size(); done++) {
      Event event = trace.events().get(done - 1);
      cuts.take(event, done - 1);
      if (event.kind() != Kind.FORCE && done > trace.firstCut()) {
        look.at(cuts.cut(done));
      }
    }
  }

  private void take(Event event, int number) {
    if (event.kind() == Kind.FORCE) {
      for (Pending pending : open) {
        // a file that is gone has nothing to be forced; its going is an entry of the folder
        boolean covered =
            pending.event.segment() == event.segment() || pending.event.kind() == Kind.DELETE;
        pending.forced |= covered;
      }
    } else {
      writes += event.kind() == Kind.WRITE ? 1 : 0;
      open.add(new Pending(event, number, writes));
    }
    for (Iterator<Pending> oldest = open.iterator(); oldest.hasNext(); ) {
      Pending pending = oldest.next();
      if (pending.forced && writes - pending.write >= lostWrites) {
        sure.replay(pending.event);
        oldest.remove();
      }
    }
  }

  private Cut cut(int done) {
    List<Event> events = new ArrayList<>();
    open.forEach(pending -> events.add(pending.event));
    // What an honest medium was not yet told to force is no part of any promise.
    int settled = open.stream().filter(p -> p.forced).mapToInt(p -> p.number).min().orElse(done);
    return new Cut(done, settled, sure.copy(), events);
  }
}
