package uk.usbguard.core.record;

import java.util.concurrent.atomic.AtomicLong;
import uk.usbguard.core.crypto.AeadKey;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.RecordName;

/**
 * One write session's key. Sequence numbers are given out once, also if what they were meant for is
 * never written: I4 of docs/format.md. Safe for use by several threads.
 */
public final class WriteEpoch {

  /** SP 800-38D allows 2^32 random IVs under one key; the writer changes at half of it (ENC-05). */
  static final long MOST_RECORDS = 1L << 31;

  private final ContainerId container;
  private final EpochSalt salt;
  private final AeadKey key;
  private final AtomicLong next;

  WriteEpoch(ContainerId container, EpochSalt salt, AeadKey key) {
    this(container, salt, key, 0);
  }

  /** For tests that stand near the limit. */
  WriteEpoch(ContainerId container, EpochSalt salt, AeadKey key, long next) {
    this.container = container;
    this.salt = salt;
    this.key = key;
    this.next = new AtomicLong(next);
  }

  /** The salt that names this epoch. */
  public EpochSalt salt() {
    return salt;
  }

  /** A sequence number that nothing else has or gets. */
  public long take() {
    return next.getAndIncrement();
  }

  /** True if a batch more could pass the limit: the writer goes on in a new epoch. */
  public boolean isWorn() {
    return next.get() > MOST_RECORDS - (1 << 20);
  }

  /**
   * Seals a record under a name of this epoch.
   *
   * @return the number of bytes written to {@code out}
   */
  public int seal(
      RecordName name, byte[] plain, int offset, int length, byte[] out, int outOffset) {
    if (!name.epoch().equals(salt) || name.sequence() >= next.get()) {
      throw new IllegalArgumentException("a name that this epoch did not give");
    }
    return key.seal(name.aad(container, length), plain, offset, length, out, outOffset);
  }
}
