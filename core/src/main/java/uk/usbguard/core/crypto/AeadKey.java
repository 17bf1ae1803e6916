package uk.usbguard.core.crypto;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One AES-256-GCM key. What it opens was sealed under this key with this associated data, or it
 * does not open; nothing of a record is handed out before its tag is verified. Every record gets 96
 * fresh random bits as its IV: no caller can choose, see or repeat one.
 *
 * <p>Safe for use by several threads at once, without a lock. It does not hide lengths, and it does
 * not commit to the key: whoever must know that only one key can fit checks that otherwise.
 *
 * <p>Records of more than 64 KiB are correct but slow on JDK 17.
 */
public final class AeadKey implements AutoCloseable {

  /** What sealing adds: IV and tag. */
  public static final int OVERHEAD = GcmEngine.IV_LENGTH + GcmEngine.TAG_LENGTH;

  /** NIST SP 800-38D, 8.3: with random IVs, no more records than this under one key. */
  static final long MOST_RECORDS = 1L << 32;

  static final int KEY_LENGTH = 32;

  /** More threads than this at once work as well, but make a new engine for every record. */
  private static final int IDLE_ENGINES = 16;

  private final Jca jca;
  private final SecureRandom random;
  private final RawKey key;
  private final AtomicLong records;

  /** Engines that nobody uses just now; whoever takes one out owns it until it is put back. */
  private final AtomicReferenceArray<@Nullable GcmEngine> idle =
      new AtomicReferenceArray<>(IDLE_ENGINES);

  /** Borrows the bytes. */
  AeadKey(Jca jca, SecureRandom random, byte[] key, long recordsBefore) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("an AES-256 key of " + key.length + " bytes");
    }
    this.jca = jca;
    this.random = random;
    this.key = new RawKey("AES", key);
    this.records = new AtomicLong(recordsBefore);
  }

  /**
   * Seals a record and writes IV, ciphertext and tag to {@code out}. Source and target may not
   * overlap.
   *
   * @return the number of bytes written: length + {@link #OVERHEAD}
   * @throws IllegalStateException if this key is closed or has sealed 2^32 records
   */
  public int seal(byte[] aad, byte[] plain, int offset, int length, byte[] out, int outOffset) {
    Objects.checkFromIndexSize(offset, length, plain.length);
    Objects.checkFromIndexSize(outOffset, Math.addExact(length, OVERHEAD), out.length);
    if (records.incrementAndGet() > MOST_RECORDS) {
      throw new IllegalStateException("this key has sealed all the records it may");
    }
    GcmEngine engine = take();
    engine.seal(key, aad, plain, offset, length, out, outOffset);
    giveBack(engine);
    return length + OVERHEAD;
  }

  /**
   * Opens a record of {@code length} bytes, IV and tag included, and writes the plaintext to {@code
   * out}. Source and target may not overlap.
   *
   * @return false if it was not sealed under this key with this associated data, was changed or is
   *     cut off; the place in {@code out} then holds zeros, never plaintext
   * @throws IllegalStateException if this key is closed
   */
  public boolean open(
      byte[] aad, byte[] sealed, int offset, int length, byte[] out, int outOffset) {
    Objects.checkFromIndexSize(offset, length, sealed.length);
    if (length < OVERHEAD) {
      return false;
    }
    Objects.checkFromIndexSize(outOffset, length - OVERHEAD, out.length);
    GcmEngine engine = take();
    boolean genuine = engine.open(key, aad, sealed, offset, length, out, outOffset);
    giveBack(engine);
    return genuine;
  }

  /** How many records this key has sealed. */
  public long recordsSealed() {
    return records.get();
  }

  /**
   * Wipes the key. Closing again does nothing; a seal or open that is under way ends as usual or as
   * if it came later.
   */
  @Override
  public void close() {
    key.destroy();
    for (int i = 0; i < IDLE_ENGINES; i++) {
      idle.set(i, null);
    }
  }

  @Override
  public String toString() {
    return "AeadKey[redacted]";
  }

  private GcmEngine take() {
    int start = startingPlace();
    for (int i = 0; i < IDLE_ENGINES; i++) {
      int place = (start + i) % IDLE_ENGINES;
      if (idle.get(place) != null) {
        @Nullable GcmEngine engine = idle.getAndSet(place, null);
        if (engine != null) {
          return engine;
        }
      }
    }
    return new GcmEngine(jca.gcm(), random);
  }

  // Never called in a finally: an engine that threw is dropped, whatever state it is in.
  private void giveBack(GcmEngine engine) {
    int start = startingPlace();
    for (int i = 0; i < IDLE_ENGINES && !key.isDestroyed(); i++) {
      if (idle.compareAndSet((start + i) % IDLE_ENGINES, null, engine)) {
        return;
      }
    }
  }

  // Each thread looks in its own place first, so that two of them seldom meet.
  @SuppressWarnings("deprecation") // its successor threadId() is Java 19
  private static int startingPlace() {
    return (int) (Thread.currentThread().getId() % IDLE_ENGINES);
  }
}
