package uk.usbguard.core.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a short list of steps that still fails: takes halves away, then quarters, and so on down to
 * single steps, as long as what is left fails. Every step has to be possible, or harmless, after
 * any others.
 */
public final class ShortestFailure {

  private ShortestFailure() {}

  /** A list of which no single step can be left out, made of steps that fail together. */
  public static <T> List<T> of(List<T> failing, Predicate<List<T>> fails) {
    List<T> best = failing;
    for (int size = Math.max(1, best.size() / 2); ; size = Math.max(1, size / 2)) {
      List<T> shorter = withoutPieces(best, size, fails);
      boolean done = size == 1 && shorter.size() == best.size();
      best = shorter;
      if (done) {
        return best;
      }
    }
  }

  private static <T> List<T> withoutPieces(List<T> all, int size, Predicate<List<T>> fails) {
    List<T> best = all;
    int from = 0;
    while (from < best.size()) {
      List<T> shorter = new ArrayList<>(best);
      shorter.subList(from, Math.min(best.size(), from + size)).clear();
      if (!shorter.isEmpty() && fails.test(shorter)) {
        best = shorter;
      } else {
        from += size;
      }
    }
    return best;
  }
}
