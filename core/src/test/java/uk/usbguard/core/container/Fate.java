package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;

/** What became of something that was under way to the medium when the power went. */
sealed interface Fate {

  Fate LOST = new Torn(0);
  Fate KEPT = new Torn(Integer.MAX_VALUE);

  /** Brings as much of it onto the medium as arrived. */
  void befall(Event event, MemorySegments medium);

  /** Only the first bytes arrived; of what is no write, all or nothing. */
  record Torn(int bytes) implements Fate {
    @Override
    public void befall(Event event, MemorySegments medium) {
      if (bytes > 0) {
        medium.replay(event, 0, Math.min(bytes, event.bytes().length));
      }
    }

    @Override
    public String toString() {
      return equals(LOST) ? "lost" : equals(KEPT) ? "kept" : "torn at " + bytes;
    }
  }

  /** Of the units, half arrived, here and there. */
  record Scattered(int unit, long seed) implements Fate {
    @Override
    public void befall(Event event, MemorySegments medium) {
      Random random = new Random(seed);
      for (int at = 0; at < event.bytes().length; at += unit) {
        if (random.nextBoolean()) {
          medium.replay(event, at, Math.min(at + unit, event.bytes().length));
        }
      }
    }
  }

  /** True if all of it arrived or nothing. */
  static boolean isWhole(Fate fate) {
    return fate.equals(LOST) || fate.equals(KEPT);
  }

  /**
   * Lost, kept, or torn behind every unit that differs from what was there: a tear elsewhere leaves
   * the same image as the one in front of it.
   */
  static List<Fate> all(Event event, MemorySegments there, int unit) {
    List<Fate> fates = new ArrayList<>(List.of(LOST));
    if (event.kind() != Kind.WRITE) {
      fates.add(KEPT);
      return fates;
    }
    byte[] bytes = event.bytes();
    byte[] old = new byte[bytes.length];
    int known = there.peek(event.segment(), event.offset(), old);
    for (int from = 0; from < bytes.length; from += unit) {
      int to = Math.min(from + unit, bytes.length);
      if (to > known || !Arrays.equals(bytes, from, to, old, from, to)) {
        fates.add(to == bytes.length ? KEPT : new Torn(to));
      }
    }
    return fates;
  }
}
