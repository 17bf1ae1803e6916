package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;
import uk.usbguard.core.index.IndexCut;
import uk.usbguard.core.index.IndexRoot;

/**
 * What a part of the index held, told from the commits before it was last written and from what the
 * trailers since then say was changed. Only commits that the one opened descends from are asked, so
 * that nothing of a dropped one comes in, and a removal since is never overlooked: where one
 * trailer is missing, nothing older counts.
 */
final class History {

  private final Survey survey;
  private final TreeMap<Key, Optional<Value>> known = new TreeMap<>();
  private final List<LostRange> unknown = new ArrayList<>();

  History(Survey survey) {
    this.survey = survey;
  }

  /** What was there, by key; nothing for a key that was removed. */
  Map<Key, Optional<Value>> known() {
    return known;
  }

  /** Where nothing is known but what {@link #known} says. */
  List<LostRange> unknown() {
    return unknown;
  }

  /** Asks about what a damaged node led to. */
  void ask(IndexCut cut) throws IOException {
    List<LostRange> open = List.of(new LostRange(cut.from(), cut.to()));
    FoundCommit start = survey.start();
    long writtenIn = survey.generationOf(cut.node().batch()).orElse(start.record().generation());
    CommitRecord record = start.record();
    CommitRecord.Previous identity = start.identity();
    while (!open.isEmpty()) {
      if (record.generation() <= writtenIn && !addChanges(identity, open)) {
        break;
      }
      if (record.previous().isEmpty()) {
        open = List.of(); // the first commit found nothing there
        break;
      }
      identity = record.previous().get();
      try {
        record = survey.finder().before(identity);
      } catch (DamagedContainerException e) {
        break;
      }
      if (record.generation() < writtenIn) {
        open = readTree(record, open);
      }
    }
    unknown.addAll(open);
  }

  /** What one commit changed; false if that cannot be read. */
  private boolean addChanges(CommitRecord.Previous identity, List<LostRange> open) {
    Optional<Trailer> trailer = survey.trailer(identity);
    trailer.ifPresent(
        t ->
            t.changes().stream()
                .filter(change -> open.stream().anyMatch(range -> range.holds(change.key())))
                .forEach(change -> known.putIfAbsent(change.key(), change.value())));
    return trailer.isPresent();
  }

  /** What an older tree has in some ranges; gives back what of them it cannot say. */
  private List<LostRange> readTree(CommitRecord record, List<LostRange> ranges) throws IOException {
    if (record.root().isEmpty()) {
      return List.of();
    }
    CommitRecord.RootNode root = record.root().get();
    Storage storage = survey.storage();
    Index tree =
        Index.open(
            new NodeIo(storage.file(), storage.records()),
            new IndexRoot(root.level(), root.pointer()));
    List<LostRange> left = new ArrayList<>();
    for (LostRange range : ranges) {
      IndexCursor cursor =
          tree.scanTolerant(
              range.from(), range.to(), (node, from, to) -> left.add(new LostRange(from, to)));
      try {
        while (cursor.advance()) {
          known.putIfAbsent(cursor.key(), Optional.of(cursor.value()));
        }
      } catch (DamagedContainerException e) {
        left.add(range);
      }
    }
    return left;
  }
}
