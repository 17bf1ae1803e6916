package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import uk.usbguard.core.container.MemorySegments.Event;

/** What may have become of all that was under way when the power went. */
final class Crashes {

  /** What a disk writes wholly or not at all: as old ones do, ... */
  static final int SECTOR = 512;

  /** ... and as newer ones and flash do. */
  static final int PAGE = 4096;

  /** Looks at the image that one crash leaves. */
  @FunctionalInterface
  interface Look {
    void at(MemorySegments image, List<Fate> fates) throws Exception;
  }

  private Crashes() {}

  /**
   * Tries all fates of all that was under way, if they are not more than {@code most}: torn at
   * every sector, else at every page. If they are, so many are drawn. The last write arrives at
   * least in part: without it the crash is the one before.
   */
  static void all(PowerCuts.Cut cut, int most, Random random, Look look) throws Exception {
    for (int unit : new int[] {SECTOR, PAGE}) {
      List<List<Fate>> fates = new ArrayList<>();
      long product = 1;
      for (Event event : cut.open()) {
        List<Fate> some = new ArrayList<>(Fate.all(event, cut.sure(), unit));
        if (fates.size() == cut.open().size() - 1) {
          some.remove(Fate.LOST);
        }
        fates.add(some);
        product = Math.min(product * some.size(), Integer.MAX_VALUE);
      }
      if (product <= most) {
        branch(cut, fates, cut.sure(), new ArrayList<>(), look);
        return;
      }
    }
    some(cut, most, random, look);
  }

  private static void branch(
      PowerCuts.Cut cut, List<List<Fate>> fates, MemorySegments image, List<Fate> chosen, Look look)
      throws Exception {
    int next = chosen.size();
    if (next == fates.size()) {
      look.at(image, List.copyOf(chosen));
      return;
    }
    for (Fate fate : fates.get(next)) {
      MemorySegments then = image.copy();
      fate.befall(cut.open().get(next), then);
      chosen.add(fate);
      branch(cut, fates, then, chosen, look);
      chosen.remove(next);
    }
  }

  /** Tries so many different fates, drawn at random. */
  static void some(PowerCuts.Cut cut, int count, Random random, Look look) throws Exception {
    Set<List<Fate>> tried = new HashSet<>();
    for (int i = 0; i < count; i++) {
      List<Fate> fates = draw(cut.open(), random);
      if (tried.add(fates)) {
        look.at(image(cut, fates), fates);
      }
    }
  }

  /** The medium after these fates. */
  static MemorySegments image(PowerCuts.Cut cut, List<Fate> fates) {
    MemorySegments image = cut.sure().copy();
    for (int i = 0; i < fates.size(); i++) {
      fates.get(i).befall(cut.open().get(i), image);
    }
    return image;
  }

  private static List<Fate> draw(List<Event> open, Random random) {
    Fate[] fates = new Fate[open.size()];
    Arrays.fill(fates, Fate.KEPT);
    int style = random.nextInt(5);
    int one = random.nextInt(open.size());
    int other = random.nextInt(open.size());
    for (int i = 0; i < fates.length; i++) {
      boolean hit =
          switch (style) {
            case 0 -> random.nextBoolean();
            case 1 -> i == one;
            case 2 -> i != one;
            case 3 -> i >= one;
            default -> i >= Math.min(one, other) && i <= Math.max(one, other);
          };
      if (hit) {
        fates[i] = loss(open.get(i), random);
      }
    }
    return List.of(fates);
  }

  private static Fate loss(Event event, Random random) {
    int length = event.bytes().length;
    int unit = random.nextBoolean() ? SECTOR : PAGE;
    int units = (length + unit - 1) / unit;
    if (units <= 1) {
      return Fate.LOST;
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Fate.Torn(unit * (1 + random.nextInt(units - 1)));
      case 1 -> new Fate.Scattered(unit, random.nextInt());
      default -> Fate.LOST;
    };
  }
}
