package uk.usbguard.core.evidence;

import java.util.EnumMap;
import java.util.Map;

/** How many there are of each of a closed set. */
final class Counts<E extends Enum<E>> {

  private final Class<E> type;
  private final Map<E, Long> counts;

  Counts(Class<E> type) {
    this.type = type;
    this.counts = new EnumMap<>(type);
  }

  void add(E one) {
    counts.merge(one, 1L, Long::sum);
  }

  long of(E one) {
    return counts.getOrDefault(one, 0L);
  }

  /** All of the set, also what there is none of. */
  Listing listing(String name, String column) {
    Rows rows = new Rows(Integer.MAX_VALUE, name, column, "drives");
    for (E one : type.getEnumConstants()) {
      rows.add(Labels.word(one, column), Value.number(of(one)));
    }
    return rows.listing();
  }
}
