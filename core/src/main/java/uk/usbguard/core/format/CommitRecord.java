package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;

/**
 * One state of the container: the root of its index and what the next writer needs to go on.
 *
 * @param previous the batch that ends the commit before, nothing for the first
 * @param clean written at the orderly end of a session
 * @param previousClean the commit before was clean
 * @param timeMillis when, as the writer's clock had it
 * @param root the root node, nothing if the index is empty
 * @param end behind the last batch: where appending goes on
 * @param bytesWritten written to batches since the container was made
 * @param nextBatch where the writer means to go on, 0 if it did not know
 * @param others the commit's batches besides the last one, in order
 */
public record CommitRecord(
    long generation,
    Optional<Previous> previous,
    boolean clean,
    boolean previousClean,
    long timeMillis,
    Optional<RootNode> root,
    long end,
    long nextObjectId,
    long files,
    long folders,
    long payloadBytes,
    long bytesWritten,
    long nextBatch,
    List<BatchPlace> others) {

  /** The commit before: where its last batch is, and which record it has to be. */
  public record Previous(BatchPlace place, EpochSalt epoch, long sequence, Tag tag) {}

  /** A root node: its level and where it is. */
  public record RootNode(int level, NodePointer pointer) {}

  /** Encoded length of one of the commit's other batches. */
  public static final int OTHER_LENGTH = 12;

  private static final int FIXED_LENGTH = FormatLimits.COMMIT_RECORD_FIXED_LENGTH;
  private static final int CLEAN = 1;
  private static final int PREVIOUS_CLEAN = 2;
  private static final int PREVIOUS_LENGTH = 68;
  private static final int EMPTY_INDEX = 255;
  private static final int ROOT_POINTER_LENGTH = 72;
  private static final int MAX_LEVEL = 15;

  /** Copies the list. */
  public CommitRecord {
    others = List.copyOf(others);
  }

  /** The record's plaintext. */
  public byte[] encode() {
    ByteBuffer b = ByteBuffer.allocate(FIXED_LENGTH + others.size() * OTHER_LENGTH);
    b.putLong(generation);
    if (previous.isPresent()) {
      Previous p = previous.get();
      b.putLong(p.place().position()).putInt(p.place().length());
      p.epoch().writeTo(b);
      b.putLong(p.sequence());
      p.tag().writeTo(b);
    } else {
      b.put(new byte[PREVIOUS_LENGTH]);
    }
    b.putInt((clean ? CLEAN : 0) | (previousClean ? PREVIOUS_CLEAN : 0)).putLong(timeMillis);
    if (root.isPresent()) {
      NodePointer p = root.get().pointer();
      b.put((byte) root.get().level());
      p.epoch().writeTo(b);
      b.putLong(p.sequence()).putLong(p.batch()).putInt(p.offset()).putInt(p.sealedLength());
      p.tag().writeTo(b);
    } else {
      b.put((byte) EMPTY_INDEX).put(new byte[ROOT_POINTER_LENGTH]);
    }
    b.putLong(end).putLong(nextObjectId).putLong(files).putLong(folders).putLong(payloadBytes);
    b.putLong(bytesWritten).putLong(nextBatch).putShort((short) others.size());
    others.forEach(other -> b.putLong(other.position()).putInt(other.length()));
    return b.array();
  }

  /** Reads the plaintext of a commit record that opened. */
  public static CommitRecord decode(byte[] plain, int length, long at)
      throws DamagedContainerException {
    if (length < FIXED_LENGTH) {
      throw new DamagedContainerException(Part.COMMIT, at, "record of " + length);
    }
    ByteBuffer b = ByteBuffer.wrap(plain, 0, length);
    long generation = b.getLong();
    long previousAt = b.getLong();
    int previousLength = b.getInt();
    EpochSalt previousEpoch = EpochSalt.readFrom(b);
    long previousSequence = b.getLong();
    Tag previousTag = Tag.readFrom(b);
    int flags = b.getInt();
    long time = b.getLong();
    Optional<RootNode> root = root(b);
    long end = b.getLong();
    long nextObjectId = b.getLong();
    long files = b.getLong();
    long folders = b.getLong();
    long payload = b.getLong();
    long written = b.getLong();
    long nextBatch = b.getLong();
    int count = Short.toUnsignedInt(b.getShort());
    if (flags >>> 2 != 0
        || count > BatchLayout.MAX_OTHER_BATCHES
        || b.remaining() != count * OTHER_LENGTH
        || generation < 1
        || (generation == 1) != (previousLength == 0)
        || previousLength < 0
        || end % BatchLayout.BLOCK != 0
        || nextObjectId < 2
        || files < 0
        || folders < 0
        || payload < 0
        || written < 0) {
      throw new DamagedContainerException(Part.COMMIT, at, "impossible commit record");
    }
    List<BatchPlace> others = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      others.add(new BatchPlace(b.getLong(), b.getInt()));
    }
    CommitRecord record =
        new CommitRecord(
            generation,
            previousLength == 0
                ? Optional.empty()
                : Optional.of(
                    new Previous(
                        new BatchPlace(previousAt, previousLength),
                        previousEpoch,
                        previousSequence,
                        previousTag)),
            (flags & CLEAN) != 0,
            (flags & PREVIOUS_CLEAN) != 0,
            time,
            root,
            end,
            nextObjectId,
            files,
            folders,
            payload,
            written,
            nextBatch,
            others);
    if (!Arrays.equals(record.encode(), 0, length, plain, 0, length)) {
      throw new DamagedContainerException(Part.COMMIT, at, "not as it would be written");
    }
    return record;
  }

  private static Optional<RootNode> root(ByteBuffer b) throws DamagedContainerException {
    int level = Byte.toUnsignedInt(b.get());
    EpochSalt epoch = EpochSalt.readFrom(b);
    long sequence = b.getLong();
    long batch = b.getLong();
    int offset = b.getInt();
    int sealedLength = b.getInt();
    Tag tag = Tag.readFrom(b);
    if (level == EMPTY_INDEX) {
      return Optional.empty();
    }
    if (level > MAX_LEVEL) {
      throw new DamagedContainerException(Part.COMMIT, batch, "root at level " + level);
    }
    try {
      NodePointer pointer = new NodePointer(epoch, sequence, batch, offset, sealedLength, tag);
      return Optional.of(new RootNode(level, pointer));
    } catch (IllegalArgumentException e) {
      throw new DamagedContainerException(Part.COMMIT, batch, "root pointer: " + e.getMessage());
    }
  }
}
