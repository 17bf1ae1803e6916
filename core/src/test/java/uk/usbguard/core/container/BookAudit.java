package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.Orphan;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.io.SegmentedFile;

/**
 * Compares the books of space of a commit with what the commit refers to: every batch has exactly
 * the live bytes that the books say, nothing is free that is in use, nothing is lost.
 */
final class BookAudit {

  private final Session session;
  private final TreeMap<Long, Long> referred = new TreeMap<>();
  private final TreeMap<Long, Long> live = new TreeMap<>();
  private final TreeMap<Long, Long> lengths = new TreeMap<>();
  private final TreeMap<Long, Long> free = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Reached> reached = new ArrayList<>();
  private final List<Long> fileIds = new ArrayList<>();
  private final TreeMap<Long, Long> extentOwners = new TreeMap<>();
  private final List<Long> orphans = new ArrayList<>();
  private long leaked;
  private int freeRuns;

  /** A sealed record or some in a row that the commit refers to. */
  record Reached(long position, long length) {}

  private BookAudit(Session session) {
    this.session = session;
  }

  /** What is wrong with the newest commit of a container that is open for reading. */
  static BookAudit of(Container container) throws IOException, ContainerException {
    BookAudit audit = new BookAudit(container.session());
    audit.run();
    return audit;
  }

  List<String> faults() {
    return faults;
  }

  /** All that somebody reads who reads everything. */
  List<Reached> reached() {
    return reached;
  }

  /** Bytes between the first batch and the end that no book has. */
  long leaked() {
    return leaked;
  }

  long freeBytes() {
    return free.values().stream().mapToLong(Long::longValue).sum();
  }

  int freeRuns() {
    return freeRuns;
  }

  long referredBytes() {
    return referred.values().stream().mapToLong(Long::longValue).sum();
  }

  private void run() throws IOException, ContainerException {
    var commit = session.current();
    if (commit.root().isPresent()) {
      walk(commit.root().get().pointer(), commit.root().get().level());
    }
    for (Long owner : extentOwners.keySet()) {
      if (!fileIds.contains(owner) && !orphans.contains(owner)) {
        faults.add("extents of object " + owner + " that has neither name nor orphan");
      }
    }
    enterLast();
    live.values().removeIf(v -> v == 0);
    referred.forEach(
        (batch, bytes) -> {
          if (!bytes.equals(live.get(batch))) {
            faults.add("batch " + hex(batch) + " used " + bytes + ", books say " + live.get(batch));
          }
        });
    live.forEach(
        (batch, bytes) -> {
          if (!referred.containsKey(batch)) {
            faults.add("batch " + hex(batch) + " unused, books say " + bytes);
          }
        });
    overlaps(commit.end());
  }

  private static String hex(long position) {
    return SegmentedFile.segmentOf(position) + ":" + SegmentedFile.offsetOf(position);
  }

  private void walk(NodePointer pointer, int level) throws IOException, ContainerException {
    refer(pointer.batch(), pointer.position(), pointer.sealedLength());
    byte[] plain =
        NodeIo.open(session.storage().file(), session.storage().records(), pointer, level);
    Node node = NodeCodec.decode(plain, level, pointer.position());
    if (node instanceof InnerNode inner) {
      for (NodePointer child : inner.children()) {
        walk(child, level - 1);
      }
      return;
    }
    LeafNode leaf = (LeafNode) node;
    for (int i = 0; i < leaf.keys().size(); i++) {
      take(leaf.keys().get(i), leaf.values().get(i));
    }
  }

  private void take(Key key, Value value) {
    if (value instanceof DirectoryEntry entry) {
      fileIds.add(entry.objectId());
      if (entry.content() instanceof EntryContent.OneRecord one) {
        refer(one.record().batch(), one.record().position(), one.record().sealedLength());
      }
    } else if (value instanceof ExtentRun run) {
      extentOwners.merge(key.id(), (long) run.count(), Long::sum);
      refer(run.first().batch(), run.first().position(), run.sealedLength());
    } else if (value instanceof BatchUse use) {
      live.put(key.id(), (long) use.liveBytes());
      lengths.put(key.id(), (long) use.length());
    } else if (value instanceof FreeRun run) {
      free.put(key.id(), run.length());
      freeRuns++;
    } else if (value instanceof Orphan) {
      orphans.add(key.id());
    }
  }

  private void refer(long batch, long position, long bytes) {
    reached.add(new Reached(position, bytes));
    referred.merge(batch, bytes, Long::sum);
  }

  /** As the next writer does. */
  private void enterLast() throws IOException, ContainerException {
    var found =
        new CommitFinder(
                session.storage().file(), session.storage().records(), session.storage().batches())
            .find(session.storage().areas().readRoots(session.storage().records()));
    List<BatchPlace> places = new ArrayList<>(found.record().others());
    places.add(found.identity().place());
    Optional<Trailer> last = Optional.empty();
    for (BatchPlace place : places) {
      Trailer trailer = session.storage().batches().verify(place, found.record().generation());
      live.put(place.position(), (long) FinishedBatch.liveBytes(trailer));
      lengths.put(place.position(), (long) place.length());
      last = Optional.of(trailer);
    }
    for (Trailer.Freed freed : last.orElseThrow().freed()) {
      Long there = live.get(freed.batch());
      if (there == null || there < freed.bytes()) {
        faults.add("freed " + freed + " of " + there);
      }
      live.merge(freed.batch(), (long) -freed.bytes(), Long::sum);
    }
    for (Trailer.Skipped skipped : last.orElseThrow().skipped()) {
      if (skipped.length() > 0) {
        free.put(skipped.position(), skipped.length());
      }
    }
  }

  private void overlaps(long end) {
    TreeMap<Long, Long> all = new TreeMap<>(lengths);
    free.forEach(
        (at, length) -> {
          if (all.put(at, length) != null) {
            faults.add("free and used " + hex(at));
          }
        });
    long behind = Layout.FIRST_BATCH;
    for (Map.Entry<Long, Long> run : all.tailMap(Layout.FIRST_BATCH, true).entrySet()) {
      if (run.getKey() < behind) {
        faults.add("overlap at " + hex(run.getKey()));
      }
      if (run.getKey() > behind && !isAnchor(behind, run.getKey())) {
        leaked += run.getKey() - behind;
      }
      behind = run.getKey() + run.getValue();
      if (run.getKey() >= end) {
        faults.add("behind the end: " + hex(run.getKey()));
      }
    }
  }

  private boolean isAnchor(long from, long to) {
    boolean thirdArea = to - from == Layout.AREA_LENGTH && from == Layout.area(2);
    boolean nextSegment =
        SegmentedFile.segmentOf(to) == SegmentedFile.segmentOf(from) + 1
            && SegmentedFile.offsetOf(to) == 4096
            && SegmentedFile.offsetOf(from) == session.storage().file().segmentBytes();
    return thirdArea || nextSegment;
  }
}
