package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uk.usbguard.core.media.Evidence.Sighting;
import uk.usbguard.core.media.Evidence.Soundness;

/**
 * The union of all readings of all partition tables: whatever any system may take for a partition
 * is one.
 */
final class Tables {

  /** More partitions than this are not looked at, and then nothing is proven. */
  static final int MAX_PARTITIONS = 256;

  private final PageReader reader;
  private final Set<Span> partitions = new LinkedHashSet<>();
  private final Set<Span> structures = new LinkedHashSet<>();
  private final Set<Reason> doubts = new LinkedHashSet<>();
  private final List<Sighting> sightings = new ArrayList<>();

  Tables(PageReader reader) {
    this.reader = reader;
  }

  Region whole() {
    return new MediumRegion(reader, 0, reader.size());
  }

  /** Takes a table that was recognised, and the bytes that it takes up. */
  void table(Format format, Span place, boolean sound) {
    structures.add(place);
    if (!sound) {
      doubts.add(Reason.TABLE_INVALID);
    }
    sightings.add(
        Sighting.of(
            format,
            place.from(),
            sound ? Soundness.SOUND : Soundness.DAMAGED,
            sound ? List.of() : List.of(Reason.TABLE_INVALID)));
  }

  /** Takes bytes that belong to a table, such as its list of entries. */
  void structure(Span place) {
    structures.add(place);
  }

  void doubt(Reason reason) {
    doubts.add(reason);
  }

  /** Takes an entry; cut off where the medium ends. */
  void partition(long from, long to) {
    if (from < 0 || from >= to || from >= reader.size()) {
      doubts.add(Reason.BEYOND_END);
      return;
    }
    if (to > reader.size()) {
      doubts.add(Reason.BEYOND_END);
    }
    if (partitions.size() == MAX_PARTITIONS) {
      doubts.add(Reason.TOO_MANY_PARTITIONS);
      return;
    }
    partitions.add(new Span(from, Math.min(to, reader.size())));
  }

  List<Span> partitions() {
    List<Span> sorted = new ArrayList<>(partitions);
    sorted.sort((a, b) -> Long.compare(a.from(), b.from()));
    return sorted;
  }

  List<Span> structures() {
    return List.copyOf(structures);
  }

  List<Sighting> sightings() {
    return List.copyOf(sightings);
  }

  Set<Reason> doubts() {
    return doubts;
  }
}
