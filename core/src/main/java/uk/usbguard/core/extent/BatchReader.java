package uk.usbguard.core.extent;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Tag;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/** Reads and verifies batches. Safe for use by several threads. */
public final class BatchReader {

  private final SegmentedFile file;
  private final Records records;
  private final Layout layout;

  /** Takes where to read, how to open and where batches may lie. */
  public BatchReader(SegmentedFile file, Records records, Layout layout) {
    this.file = file;
    this.records = records;
    this.layout = layout;
  }

  /** The frame of the batch at a position; its end serves if its beginning is damaged. */
  public Frame frame(BatchPlace place) throws IOException, DamagedContainerException {
    requirePossible(place);
    Optional<Frame> head = frameAt(place.position());
    Optional<Frame> frame =
        head.isPresent() ? head : frameAt(place.position() + place.length() - BatchLayout.FRAME);
    return frame
        .filter(f -> f.position() == place.position() && f.length() == place.length())
        .orElseThrow(() -> damaged(place.position(), "no frame"));
  }

  /** The same, but only if the batch is one of the commit of this generation. */
  public Frame frame(BatchPlace place, long generation)
      throws IOException, DamagedContainerException {
    Frame frame = frame(place);
    if (frame.generation() != generation) {
      throw damaged(place.position(), "a batch of generation " + frame.generation());
    }
    return frame;
  }

  /** The frame that starts at a position, if one of this container does. */
  public Optional<Frame> frameAt(long position) throws IOException {
    byte[] bytes = new byte[BatchLayout.FRAME];
    if (file.readUpTo(position, bytes, 0, bytes.length) < bytes.length) {
      return Optional.empty();
    }
    return Frame.read(bytes, 0).filter(this::isOurs);
  }

  /** True if a frame claims to be this container's and to lie where a batch can. */
  boolean isOurs(Frame frame) {
    return frame.container().equals(records.container())
        && layout.admits(frame.position(), frame.length());
  }

  /** The list of what a batch holds. */
  public Trailer trailer(Frame frame) throws IOException, DamagedContainerException {
    byte[] sealed = new byte[(int) BatchLayout.sealedTrailer(frame.trailerLength())];
    file.read(frame.position() + frame.trailerOffset(), sealed, 0, sealed.length);
    return trailer(records, frame, sealed, 0);
  }

  /**
   * The list of what a batch holds, from its sealed bytes wherever they were read.
   *
   * @param offset of the trailer in {@code sealed}
   */
  public static Trailer trailer(Records records, Frame frame, byte[] sealed, int offset)
      throws DamagedContainerException {
    byte[] plain = new byte[frame.trailerLength()];
    int from = offset;
    int chunk = 0;
    for (int at = 0; at < plain.length; at += BatchLayout.MAX_PLAIN) {
      int n = Math.min(BatchLayout.MAX_PLAIN, plain.length - at);
      RecordName name =
          RecordName.trailer(
              frame.epoch(), frame.trailerSequence() + chunk, frame.generation(), chunk);
      if (!records.open(name, sealed, from, BatchLayout.sealed(n), plain, at)) {
        throw damaged(frame.position(), "trailer chunk " + chunk);
      }
      from += BatchLayout.sealed(n);
      chunk++;
    }
    return Trailer.decode(plain, frame.epoch(), frame.position());
  }

  /** The commit record at the end of a batch. */
  public CommitRecord commit(Frame frame) throws IOException, DamagedContainerException {
    if (!frame.endsCommit()) {
      throw damaged(frame.position(), "batch without commit record");
    }
    return commit(
        frame.epoch(),
        frame.commitSequence(),
        frame.generation(),
        frame.position() + frame.commitOffset(),
        frame.commitLength(),
        Optional.empty());
  }

  /**
   * A commit record.
   *
   * @param tag the tag it has to have, if the caller knows
   */
  public CommitRecord commit(
      EpochSalt epoch, long sequence, long generation, long at, int sealedLength, Optional<Tag> tag)
      throws IOException, DamagedContainerException {
    if (sealedLength <= BatchLayout.SEAL
        || sealedLength > BatchLayout.sealed(BatchLayout.MAX_PLAIN)) {
      throw damaged(at, "commit record of " + sealedLength);
    }
    byte[] sealed = new byte[sealedLength];
    file.read(at, sealed, 0, sealedLength);
    byte[] plain = new byte[sealedLength - BatchLayout.SEAL];
    RecordName name = RecordName.commit(epoch, sequence, generation);
    if (!records.open(name, sealed, 0, sealedLength, plain, 0) || !fits(sealed, tag)) {
      throw damaged(at, "commit record of generation " + generation);
    }
    CommitRecord commit = CommitRecord.decode(plain, plain.length, at);
    if (commit.generation() != generation) {
      throw damaged(at, "commit record says generation " + commit.generation());
    }
    return commit;
  }

  private static boolean fits(byte[] sealed, Optional<Tag> tag) {
    if (tag.isEmpty()) {
      return true;
    }
    byte[] own = Arrays.copyOfRange(sealed, sealed.length - Tag.LENGTH, sealed.length);
    return tag.get().equals(Tag.of(own));
  }

  /**
   * Reads a whole batch of a commit and opens everything in it. What stood there before may be
   * whole and have the same length: it is not the commit's.
   *
   * @throws DamagedContainerException at the first record that does not open
   */
  public Trailer verify(BatchPlace place, long generation)
      throws IOException, DamagedContainerException {
    Frame frame = frame(place, generation);
    byte[] batch = new byte[place.length()];
    file.read(place.position(), batch, 0, batch.length);
    Trailer trailer = trailer(records, frame, batch, frame.trailerOffset());
    byte[] plain = new byte[BatchLayout.MAX_PLAIN];
    for (Trailer.Content content : trailer.contents()) {
      int sealedLength = BatchLayout.sealed(content.plainLength());
      boolean inside = content.offset() + (long) sealedLength <= place.length() - BatchLayout.FRAME;
      if (!inside
          || !records.open(content.name(), batch, content.offset(), sealedLength, plain, 0)) {
        throw damaged(place.position() + content.offset(), content.name().type() + " record");
      }
    }
    return trailer;
  }

  /** True if a batch can lie there. */
  public boolean admits(BatchPlace place) {
    return place.length() >= BatchLayout.BLOCK
        && place.length() <= BatchLayout.MAX_BATCH
        && place.length() % BatchLayout.BLOCK == 0
        && layout.admits(place.position(), place.length());
  }

  private void requirePossible(BatchPlace place) throws DamagedContainerException {
    if (!admits(place)) {
      throw damaged(place.position(), "no batch can lie here");
    }
  }

  private static DamagedContainerException damaged(long at, String detail) {
    return new DamagedContainerException(Part.COMMIT, at, detail);
  }
}
