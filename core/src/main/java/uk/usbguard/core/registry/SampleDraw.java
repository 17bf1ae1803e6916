package uk.usbguard.core.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import uk.usbguard.core.crypto.Sha256;
import uk.usbguard.core.device.LifecycleState;

/**
 * Draws a sample: the entries with the lowest SHA-256 of seed, line feed and tag, the tag in the
 * form in which tags are compared. It depends on nothing else: not on the database, nor on the
 * order in which entries came in. Holds no more entries than are drawn, however many are offered.
 */
final class SampleDraw {

  /** Whatever the organisation should be able to show, or to show a report of. */
  static final Set<LifecycleState> POPULATION =
      EnumSet.complementOf(EnumSet.of(LifecycleState.REQUESTED, LifecycleState.DISPOSED));

  private static final Comparator<Ranked> ORDER = (a, b) -> Arrays.compareUnsigned(a.rank, b.rank);

  private final SampleSeed seed;
  private final int count;
  private final PriorityQueue<Ranked> lowest = new PriorityQueue<>(ORDER.reversed());

  SampleDraw(SampleSeed seed, int count) {
    this.seed = seed;
    this.count = count;
  }

  private static final class Ranked {
    private final byte[] rank;
    private final Device device;

    Ranked(byte[] rank, Device device) {
      this.rank = rank;
      this.device = device;
    }
  }

  /** Takes part in the draw, if it is one that should be there. */
  void offer(Device device) {
    if (!POPULATION.contains(device.state())) {
      return;
    }
    byte[] bytes = (seed + "\n" + device.tag().key()).getBytes(StandardCharsets.UTF_8);
    lowest.add(new Ranked(new Sha256().digest(bytes), device));
    if (lowest.size() > count) {
      lowest.remove();
    }
  }

  /** The lowest first: a smaller sample of the same seed is the beginning of a larger one. */
  List<Device> drawn() {
    return lowest.stream().sorted(ORDER).map(one -> one.device).toList();
  }
}
