package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCut;

/**
 * Puts an index right in memory: takes out what cannot be read, puts back what is known to have
 * been there, and gives what only may have been there a name in the folder of recovered things.
 */
final class Restoration {

  /** Changes of one commit go into one trailer, which has to fit into a batch. */
  private static final long MOST_CHANGE_BYTES = 12L << 20;

  private final Session session;
  private final Survey survey;
  private final boolean writes;
  private final Index index;
  private final Map<Long, Long> nodeBytes = new HashMap<>();
  private final Map<Long, Long> nodeEnds = new HashMap<>();
  private final List<Long> forwarded = new ArrayList<>();
  private final List<LostRange> unknown = new ArrayList<>();
  private List<IndexCut> cuts = List.of();
  private long changeBytes;
  private long restored;

  Restoration(Session session, Survey survey) {
    this.session = session;
    this.survey = survey;
    this.writes = session.isWritable();
    this.index = session.index();
  }

  /** Does it. */
  void run() throws IOException, ContainerException {
    cuts = index.cutDamage(this::count);
    for (IndexCut cut : cuts) {
      History history = new History(survey);
      history.ask(cut);
      for (Map.Entry<Key, Optional<Value>> fact : history.known().entrySet()) {
        Key.Kind kind = fact.getKey().kind();
        if (fact.getValue().isPresent() && kind != Key.Kind.BATCH && kind != Key.Kind.FREE) {
          change(fact.getKey(), fact.getValue());
          restored++;
        }
      }
      history.unknown().stream().filter(Restoration::matters).forEach(unknown::add);
    }
    rollForward();
  }

  /** The books of space are made anew anyway. */
  private static boolean matters(LostRange range) {
    return range.from().compareTo(Key.prefix(Key.Kind.BATCH)) < 0
        || range.to().compareTo(Key.prefix(Key.Kind.ORPHAN)) > 0;
  }

  private void count(NodePointer node) {
    nodeBytes.merge(node.batch(), (long) node.sealedLength(), Long::sum);
    nodeEnds.merge(node.batch(), node.offset() + (long) node.sealedLength(), Math::max);
  }

  /**
   * A commit that somebody was told is safe, and of which only the commit record cannot be read, is
   * known by its root slot and its trailer: its number says that nothing came between.
   */
  private void rollForward() throws IOException, ContainerException {
    if (!survey.start().record().clean()) {
      return;
    }
    List<RootSlot> newer = new ArrayList<>(survey.slots());
    newer.sort(Comparator.comparingLong(RootSlot::generation));
    long next = survey.start().record().generation() + 1;
    Set<Long> done = new HashSet<>();
    for (RootSlot slot : newer) {
      if (slot.confirmed() && slot.generation() == next && done.add(next)) {
        Optional<Trailer> trailer = trailerOf(slot);
        if (trailer.isEmpty()) {
          return;
        }
        for (Trailer.Change change : trailer.get().changes()) {
          change(change.key(), change.value());
        }
        forwarded.add(next++);
      }
    }
  }

  private Optional<Trailer> trailerOf(RootSlot slot) {
    return Optional.ofNullable(survey.batches().get(slot.batch()))
        .filter(batch -> batch.frame().epoch().equals(slot.epoch()))
        .filter(batch -> batch.frame().generation() == slot.generation())
        .map(batch -> batch.trailer());
  }

  /** Changes the index, and says so in the trailer of the commit to come. */
  void change(Key key, Optional<Value> value) throws IOException, ContainerException {
    changeBytes += Trailer.encodedLength(new Trailer.Change(key, value));
    if (changeBytes > MOST_CHANGE_BYTES) {
      throw new CommitLimitException("changes of one commit");
    }
    if (writes && value.isPresent()) {
      session.edits().put(key, value.get());
    } else if (writes) {
      session.edits().remove(key);
    } else if (value.isPresent()) {
      index.put(key, value.get());
    } else {
      index.remove(key);
    }
  }

  Index index() {
    return index;
  }

  boolean writes() {
    return writes;
  }

  /** The nodes that could not be read. */
  List<IndexCut> cuts() {
    return cuts;
  }

  /** Where it is not known what was there. */
  List<LostRange> unknown() {
    return unknown;
  }

  /** How many entries were put back where they were. */
  long restored() {
    return restored;
  }

  /** Commits whose record is lost and whose changes are in. */
  List<Long> forwarded() {
    return forwarded;
  }

  /** Bytes of the stored nodes that could be read, by batch. */
  Map<Long, Long> nodeBytes() {
    return nodeBytes;
  }

  /** Where in their batch the last of these nodes end. */
  Map<Long, Long> nodeEnds() {
    return nodeEnds;
  }
}
