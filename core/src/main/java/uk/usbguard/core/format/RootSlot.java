package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a commit record is: a hint, sealed under the root key. */
public record RootSlot(
    long generation,
    long batch,
    int batchLength,
    int commitOffset,
    int commitLength,
    EpochSalt epoch,
    long commitSequence,
    Tag commitTag,
    boolean confirmed) {

  private static final int CONFIRMED = 1;
  private static final int SMALLEST_COMMIT =
      FormatLimits.COMMIT_RECORD_FIXED_LENGTH + BatchLayout.SEAL;
  private static final int LARGEST_COMMIT =
      SMALLEST_COMMIT + FormatLimits.MAXIMUM_BATCHES_PER_COMMIT * CommitRecord.OTHER_LENGTH;

  /** The same slot, written after the force of a clean commit returned. */
  public RootSlot confirm() {
    return new RootSlot(
        generation,
        batch,
        batchLength,
        commitOffset,
        commitLength,
        epoch,
        commitSequence,
        commitTag,
        true);
  }

  /** True if a sealed commit record can be so long. */
  static boolean isCommitLength(int sealedLength) {
    return sealedLength >= SMALLEST_COMMIT && sealedLength <= LARGEST_COMMIT;
  }

  /** Plaintext length. */
  public static final int PLAIN_LENGTH = 96;

  /** Length on the medium, of which {@code MAGIC + IV + 96 + tag} is used. */
  public static final int LENGTH = BatchLayout.BLOCK;

  /** Where the sealed part starts. */
  public static final int SEALED_AT = 4;

  private static final byte[] MAGIC = "UGCR".getBytes(StandardCharsets.US_ASCII);

  /** What the tag binds the slot to: container, area and slot number. */
  public static byte[] aad(ContainerId id, int area, int slot) {
    ByteBuffer aad = ByteBuffer.allocate(MAGIC.length + ContainerId.LENGTH + 2);
    aad.put(MAGIC);
    id.writeTo(aad);
    aad.put((byte) area).put((byte) slot);
    return aad.array();
  }

  /** Writes the magic in front of the sealed part. */
  public static void mark(byte[] block) {
    System.arraycopy(MAGIC, 0, block, 0, MAGIC.length);
  }

  /** True if the block could be a slot at all. */
  public static boolean isMarked(byte[] ring, int offset) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (ring[offset + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** The plaintext. */
  public byte[] encode() {
    ByteBuffer b = ByteBuffer.allocate(PLAIN_LENGTH);
    b.putLong(generation).putLong(batch).putInt(batchLength).putInt(commitOffset);
    b.putInt(commitLength).putInt(confirmed ? CONFIRMED : 0);
    epoch.writeTo(b);
    b.putLong(commitSequence);
    commitTag.writeTo(b);
    return b.array();
  }

  /** Reads the plaintext of a slot that opened, or nothing if it says what cannot be. */
  public static Optional<RootSlot> decode(byte[] plain) {
    ByteBuffer b = ByteBuffer.wrap(plain);
    long generation = b.getLong();
    long batch = b.getLong();
    int batchLength = b.getInt();
    int commitOffset = b.getInt();
    int commitLength = b.getInt();
    int flags = b.getInt();
    EpochSalt epoch = EpochSalt.readFrom(b);
    long sequence = b.getLong();
    Tag tag = Tag.readFrom(b);
    boolean possible =
        generation > 0
            && flags >>> 1 == 0
            && b.getLong() == 0
            && batchLength >= BatchLayout.BLOCK
            && batchLength <= BatchLayout.MAX_BATCH
            && commitOffset >= BatchLayout.FRAME
            && batch % BatchLayout.BLOCK == 0
            && batchLength % BatchLayout.BLOCK == 0
            && isCommitLength(commitLength)
            && (long) commitOffset + commitLength <= batchLength - BatchLayout.FRAME;
    return possible
        ? Optional.of(
            new RootSlot(
                generation,
                batch,
                batchLength,
                commitOffset,
                commitLength,
                epoch,
                sequence,
                tag,
                flags == CONFIRMED))
        : Optional.empty();
  }
}
