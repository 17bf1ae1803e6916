package uk.usbguard.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import uk.usbguard.e2e.WriteLog.Event;
import uk.usbguard.e2e.WriteLog.Flush;
import uk.usbguard.e2e.WriteLog.Mark;
import uk.usbguard.e2e.WriteLog.Write;

/**
 * The moments of a life with a stick that differ in what is on the stick for good: between any two
 * flushes. What was written since the last one is there or is not, each write for itself and some
 * of them in part.
 */
final class StickMoments {

  /** What every medium writes wholly or not at all. */
  private static final int SECTOR = 512;

  /**
   * The stick is pulled after some flush.
   *
   * @param number of the flush
   * @param settled all that is there for good; not to be changed
   * @param open what was written since, in its order
   * @param said the marks until then
   */
  record Moment(int number, byte[] settled, List<Write> open, List<String> said) {}

  /** Looks at one moment. */
  @FunctionalInterface
  interface Look {
    void at(Moment moment) throws Exception;
  }

  private StickMoments() {}

  /** How many there are. */
  static int count(List<Event> events) throws Exception {
    int[] count = new int[1];
    through(new byte[0], events, moment -> count[0]++);
    return count[0];
  }

  /** Goes through all of them. */
  static void through(byte[] before, List<Event> events, Look look) throws Exception {
    byte[] settled = before.clone();
    List<Write> open = new ArrayList<>();
    List<String> said = new ArrayList<>();
    int number = 0;
    for (Event event : events) {
      if (event instanceof Mark mark) {
        said.add(mark.word());
      } else if (event instanceof Write write) {
        open.add(write);
      }
      if (event instanceof Flush || (event instanceof Write write && write.forced())) {
        if (!open.isEmpty()) {
          look.at(new Moment(number++, settled, open, List.copyOf(said)));
        }
        open.forEach(write -> put(write, write.bytes().length, settled));
        open.clear();
      }
    }
    look.at(new Moment(number, settled, open, List.copyOf(said)));
  }

  /** One thing that the stick may hold afterwards; number 0 is that nothing more arrived. */
  static byte[] image(Moment moment, int number, SplittableRandom random) {
    byte[] image = moment.settled().clone();
    int count = moment.open().size();
    if (number > 0 && count > 0) {
      int style = random.nextInt(5);
      int one = random.nextInt(count);
      int other = random.nextInt(count);
      for (int i = 0; i < count; i++) {
        boolean arrives =
            switch (style) {
              case 0 -> random.nextBoolean();
              case 1 -> i != one;
              case 2 -> i == one;
              case 3 -> i <= one;
              default -> i < Math.min(one, other) || i > Math.max(one, other);
            };
        Write write = moment.open().get(i);
        put(write, arrives ? write.bytes().length : torn(write, random), image);
      }
    }
    return image;
  }

  /** How much arrives of a write that does not arrive: mostly nothing, sometimes the front. */
  private static int torn(Write write, SplittableRandom random) {
    int sectors = write.bytes().length / SECTOR;
    return random.nextInt(8) == 0 ? random.nextInt(sectors) * SECTOR : 0;
  }

  private static void put(Write write, int length, byte[] image) {
    if (image.length > 0) {
      System.arraycopy(write.bytes(), 0, image, (int) write.offset(), length);
    }
  }
}
