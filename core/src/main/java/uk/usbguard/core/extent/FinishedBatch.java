package uk.usbguard.core.extent;

import java.util.List;
import java.util.Optional;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.RecordType;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.Tag;
import uk.usbguard.core.format.Trailer;

/** A batch that is ready to be written. */
public final class FinishedBatch {

  private final Region region;
  private final Frame frame;
  private final Trailer trailer;
  private final Optional<CommitRecord> commit;
  private final Optional<Tag> commitTag;
  private final byte[] bytes;

  FinishedBatch(
      Region region,
      Frame frame,
      Trailer trailer,
      Optional<CommitRecord> commit,
      Optional<Tag> commitTag,
      byte[] bytes) {
    this.region = region;
    this.frame = frame;
    this.trailer = trailer;
    this.commit = commit;
    this.commitTag = commitTag;
    this.bytes = bytes;
  }

  /** The space it was made for. */
  public Region region() {
    return region;
  }

  /** Position and length. */
  public BatchPlace place() {
    return new BatchPlace(frame.position(), frame.length());
  }

  /** What is left over of its space. */
  public List<Trailer.Skipped> leftOver() {
    return region.leftOver(frame.length());
  }

  /** What it holds. */
  public Trailer trailer() {
    return trailer;
  }

  /** The commit record, if the batch ends its commit. */
  public Optional<CommitRecord> commit() {
    return commit;
  }

  /** Its bytes, the first {@code place().length()} of the array; shared, not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** The root slot that points to the commit record. */
  public RootSlot rootSlot() {
    CommitRecord record = commit.orElseThrow();
    EpochSalt epoch = frame.epoch();
    return new RootSlot(
        record.generation(),
        frame.position(),
        frame.length(),
        frame.commitOffset(),
        frame.commitLength(),
        epoch,
        frame.commitSequence(),
        commitTag.orElseThrow(),
        false);
  }

  /** How the next commit names this one. */
  public CommitRecord.Previous asPrevious() {
    return new CommitRecord.Previous(
        place(), frame.epoch(), frame.commitSequence(), commitTag.orElseThrow());
  }

  /** Bytes of data and node records, as the book of live bytes counts them. */
  public int liveBytes() {
    return liveBytes(trailer);
  }

  /** Bytes of data and node records that a trailer lists. */
  public static int liveBytes(Trailer trailer) {
    return trailer.contents().stream()
        .filter(c -> c.name().type() == RecordType.DATA || c.name().type() == RecordType.NODE)
        .mapToInt(c -> c.plainLength() + BatchLayout.SEAL)
        .sum();
  }
}
