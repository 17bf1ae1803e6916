package uk.usbguard.core.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;

/** What the commit in the making changes, frees and passes over: all that its trailer tells. */
final class ChangeLog {

  private final Map<Long, Integer> freed = new TreeMap<>();
  private final List<Trailer.Skipped> skipped = new ArrayList<>();
  private final TreeMap<Key, Optional<Value>> changes = new TreeMap<>();
  private long bytes;
  private long entryBalance;

  /** Notes that nothing refers to these bytes of a batch any more. */
  void free(long batchPosition, long freedBytes) {
    freed.merge(batchPosition, Math.toIntExact(freedBytes), Math::addExact);
  }

  /** Notes space that was passed over. */
  void skip(Trailer.Skipped space) {
    skipped.add(space);
  }

  /** Notes a change of the index. */
  void changed(Key key, Optional<Value> value) {
    bytes += Trailer.encodedLength(new Trailer.Change(key, value));
    if (key.kind() == Key.Kind.ENTRY) {
      entryBalance += value.isPresent() ? 1 : -1;
    }
    changes.put(key, value);
  }

  /** So many bytes of the trailer the changes take, and at most so many. */
  long bytes() {
    return bytes;
  }

  /** True if all in all entries go, or if no entry was touched at all. */
  boolean makesRoom() {
    return entryBalance < 0 || changes.isEmpty();
  }

  /** The trailer, but for what its batch holds. */
  Trailer trailer() {
    return new Trailer(
        0,
        List.of(),
        freed.entrySet().stream().map(e -> new Trailer.Freed(e.getKey(), e.getValue())).toList(),
        skipped,
        changes.entrySet().stream()
            .map(e -> new Trailer.Change(e.getKey(), e.getValue()))
            .toList());
  }

  /** Starts the next commit's. */
  void clear() {
    freed.clear();
    skipped.clear();
    changes.clear();
    bytes = 0;
    entryBalance = 0;
  }
}
