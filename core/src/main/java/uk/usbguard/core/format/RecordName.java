package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Everything that a record's tag authenticates besides its content. Two records never have the same
 * epoch and sequence number, so that a pointer which names both is satisfied by one ciphertext
 * only.
 *
 * @param position data: offset in the file; node: level; trailer: chunk; commit: generation
 */
public record RecordName(
    EpochSalt epoch, long sequence, RecordType type, long objectId, long position) {

  /** Length of the additional authenticated data. */
  public static final int AAD_LENGTH = 81;

  private static final byte[] PREFIX = "UGC1".getBytes(StandardCharsets.US_ASCII);

  /** The name of an extent. */
  public static RecordName data(EpochSalt epoch, long sequence, long fileId, long fileOffset) {
    return new RecordName(epoch, sequence, RecordType.DATA, fileId, fileOffset);
  }

  /** The name of an index node. */
  public static RecordName node(EpochSalt epoch, long sequence, int level) {
    return new RecordName(epoch, sequence, RecordType.NODE, 0, level);
  }

  /** The name of a chunk of a trailer in a commit of {@code generation}. */
  public static RecordName trailer(EpochSalt epoch, long sequence, long generation, int chunk) {
    return new RecordName(epoch, sequence, RecordType.TRAILER, generation, chunk);
  }

  /** The name of a commit record. */
  public static RecordName commit(EpochSalt epoch, long sequence, long generation) {
    return new RecordName(epoch, sequence, RecordType.COMMIT, 0, generation);
  }

  /** The additional authenticated data of this record in container {@code id}. */
  public byte[] aad(ContainerId id, int plainLength) {
    ByteBuffer aad = ByteBuffer.allocate(AAD_LENGTH);
    aad.put(PREFIX);
    id.writeTo(aad);
    epoch.writeTo(aad);
    aad.putLong(sequence).put((byte) type.code()).putLong(objectId).putLong(position);
    aad.putInt(plainLength);
    return aad.array();
  }
}
