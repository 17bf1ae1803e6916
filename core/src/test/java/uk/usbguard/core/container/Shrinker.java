package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list that fails shorter: takes out halves, then smaller and smaller pieces. */
final class Shrinker {

  private Shrinker() {}

  /**
   * Tries at most so many shorter lists.
   *
   * @param fails true if a list still fails
   * @return a list that fails, of which no single piece was found to be unnecessary
   */
  static <T> List<T> shrink(List<T> failing, int tries, Predicate<List<T>> fails) {
    List<T> shortest = failing;
    int left = tries;
    for (int piece = (failing.size() + 1) / 2; piece >= 1 && left > 0; ) {
      boolean shrunk = false;
      for (int at = 0; at < shortest.size() && left > 0; left--) {
        List<T> shorter = new ArrayList<>(shortest.subList(0, at));
        shorter.addAll(shortest.subList(Math.min(at + piece, shortest.size()), shortest.size()));
        if (fails.test(shorter)) {
          shortest = shorter;
          shrunk = true;
        } else {
          at += piece;
        }
      }
      if (!shrunk || piece > 1) {
        piece = piece == 1 ? 0 : (piece + 1) / 2;
      }
    }
    return List.copyOf(shortest);
  }
}
