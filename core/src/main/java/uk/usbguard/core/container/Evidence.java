package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.BatchScan;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.RecordType;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;

/**
 * What all batches that are left say of the parts of the index that are lost, the latest word on
 * each key. It may be out of date: a removal can be among what is lost. So nothing of it goes where
 * it was; it only gets a name among the recovered things.
 */
final class Evidence {

  private final Survey survey;
  private final List<LostRange> lost;
  private final TreeMap<Key, Optional<Value>> latest = new TreeMap<>();
  private final Set<Long> mentioned = new HashSet<>();
  private final Map<Long, NavigableMap<Long, DataPointer>> records = new TreeMap<>();

  private Evidence(Survey survey, List<LostRange> lost) {
    this.survey = survey;
    this.lost = lost;
  }

  static Evidence gather(Survey survey, List<LostRange> lost) throws IOException {
    Evidence evidence = new Evidence(survey, lost);
    List<BatchScan.Batch> batches = new ArrayList<>(survey.batches().values());
    batches.sort(Comparator.comparingLong(batch -> batch.frame().generation()));
    long newest = survey.start().record().generation();
    for (BatchScan.Batch batch : batches) {
      if (batch.frame().generation() <= newest) {
        evidence.add(batch);
      }
    }
    return evidence;
  }

  private void add(BatchScan.Batch batch) throws IOException {
    for (Trailer.Content content : batch.trailer().contents()) {
      long place = content.name().position();
      if (content.name().type() == RecordType.NODE && place == 0) {
        leaf(batch, content).ifPresent(this::add);
      } else if (content.name().type() == RecordType.DATA && content.name().objectId() > 1) {
        records
            .computeIfAbsent(content.name().objectId(), id -> new TreeMap<>())
            .put(place / BatchLayout.EXTENT, pointer(batch, content));
      }
    }
    batch.trailer().changes().forEach(change -> note(change.key(), change.value()));
  }

  private static DataPointer pointer(BatchScan.Batch batch, Trailer.Content content) {
    return new DataPointer(
        content.name().epoch(),
        content.name().sequence(),
        batch.frame().position(),
        content.offset(),
        content.plainLength());
  }

  private void add(LeafNode leaf) {
    for (int i = 0; i < leaf.keys().size(); i++) {
      note(leaf.keys().get(i), Optional.of(leaf.values().get(i)));
    }
  }

  private void note(Key key, Optional<Value> value) {
    if (key.kind() == Key.Kind.EXTENT || key.kind() == Key.Kind.ORPHAN) {
      mentioned.add(key.id());
    } else if (value.orElse(null) instanceof DirectoryEntry entry) {
      mentioned.add(entry.objectId());
    }
    if (lost.stream().anyMatch(range -> range.holds(key))) {
      latest.put(key, value);
    }
  }

  private Optional<LeafNode> leaf(BatchScan.Batch batch, Trailer.Content content)
      throws IOException {
    int length = BatchLayout.sealed(content.plainLength());
    BatchPlace place = new BatchPlace(batch.frame().position(), batch.frame().length());
    if (content.offset() + (long) length > place.length()) {
      return Optional.empty();
    }
    byte[] sealed = new byte[length];
    byte[] plain = new byte[content.plainLength()];
    long at = place.position() + content.offset();
    try {
      survey.storage().file().read(at, sealed, 0, length);
      if (!survey.storage().records().open(content.name(), sealed, 0, length, plain, 0)) {
        return Optional.empty();
      }
      return NodeCodec.decode(plain, 0, at) instanceof LeafNode leaf
          ? Optional.of(leaf)
          : Optional.empty();
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }

  /** The latest word on each key in what is lost; nothing for one that was removed. */
  Map<Key, Optional<Value>> latest() {
    return latest;
  }

  /** True if anything but the records themselves speaks of an object: then its fate is known. */
  boolean isMentioned(long objectId) {
    return mentioned.contains(objectId);
  }

  /** The records of content that are left, by object and number of the extent. */
  Map<Long, NavigableMap<Long, DataPointer>> records() {
    return records;
  }
}
