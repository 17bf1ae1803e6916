package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
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
  public static final int OVERHEAD = GcmCipher.IV_LENGTH + GcmCipher.TAG_LENGTH;

  /** NIST SP 800-38D, 8.3: with random IVs, no more records than this under one key. */
  static final long MOST_RECORDS = 1L << 32;

  static final int KEY_LENGTH = 32;

  private static final byte[] ZEROS = new byte[4096];

  /** More threads than this at once work as well, but make a new cipher for every record. */
  private static final int IDLE_SEATS = 16;

  private final GcmEngine engine;
  private final SecureRandom random;
  private final RawKey key;
  private final AtomicLong records;

  /** Seats that nobody uses just now; whoever takes one out owns it until it is put back. */
  private final AtomicReferenceArray<@Nullable Seat> idle = new AtomicReferenceArray<>(IDLE_SEATS);

  /** What a thread needs for one record at a time. */
  private record Seat(GcmCipher cipher, RandomIvs ivs) {}

  /** Borrows the bytes. */
  AeadKey(GcmEngine engine, SecureRandom random, byte[] key, long recordsBefore) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("an AES-256 key of " + key.length + " bytes");
    }
    this.engine = engine;
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
    Seat seat = take();
    boolean done = false;
    try {
      byte[] iv = seat.ivs.draw();
      seat.cipher.seal(iv, aad, plain, offset, length, out, outOffset + GcmCipher.IV_LENGTH);
      System.arraycopy(iv, 0, out, outOffset, GcmCipher.IV_LENGTH);
      done = true;
    } finally {
      leave(seat, done);
    }
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
    Seat seat = take();
    boolean done = false;
    boolean genuine = false;
    try {
      genuine = seat.cipher.open(aad, sealed, offset, length, out, outOffset);
      done = true;
    } finally {
      // SunJCE decrypts before it compares the tag. It cleans up, but not in an array that source
      // and target share; other providers do not at all.
      if (!genuine) {
        Arrays.fill(out, outOffset, outOffset + length - OVERHEAD, (byte) 0);
      }
      leave(seat, done);
    }
    return genuine;
  }

  /**
   * Opens a record in a buffer of {@link CryptoProfile#buffer} into another one; positions and
   * limits stay as they are.
   *
   * @param at where the record begins, from the buffer's start
   * @param to where the plaintext goes, from the buffer's start
   * @return as above; the place in {@code out} then holds zeros
   * @throws IllegalStateException if this key is closed
   */
  public boolean open(byte[] aad, ByteBuffer sealed, int at, int length, ByteBuffer out, int to) {
    Objects.checkFromIndexSize(at, length, sealed.capacity());
    if (length < OVERHEAD) {
      return false;
    }
    Objects.checkFromIndexSize(to, length - OVERHEAD, out.capacity());
    Seat seat = take();
    boolean done = false;
    boolean genuine = false;
    try {
      genuine = seat.cipher.open(aad, sealed, at, length, out, to);
      done = true;
    } finally {
      leave(seat, done);
      if (!genuine) {
        wipe(out, to, length - OVERHEAD);
      }
    }
    return genuine;
  }

  private static void wipe(ByteBuffer out, int from, int length) {
    ByteBuffer place = out.duplicate().clear().limit(from + length).position(from);
    while (place.hasRemaining()) {
      place.put(ZEROS, 0, Math.min(ZEROS.length, place.remaining()));
    }
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
    for (int place = 0; place < IDLE_SEATS; place++) {
      clear(place);
    }
  }

  @Override
  public String toString() {
    return "AeadKey[redacted]";
  }

  private Seat take() {
    int start = startingPlace();
    for (int i = 0; i < IDLE_SEATS; i++) {
      int place = (start + i) % IDLE_SEATS;
      if (idle.get(place) != null) {
        @Nullable Seat seat = idle.getAndSet(place, null);
        if (seat != null) {
          return seat;
        }
      }
    }
    RandomIvs ivs = new RandomIvs(random);
    byte[] bytes = key.getEncoded();
    try {
      return new Seat(engine.forKey(bytes), ivs);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Whoever failed leaves no seat behind: its cipher is in whatever state it is in. */
  private void leave(Seat seat, boolean done) {
    int start = startingPlace();
    for (int i = 0; done && i < IDLE_SEATS && !key.isDestroyed(); i++) {
      int place = (start + i) % IDLE_SEATS;
      if (idle.compareAndSet(place, null, seat)) {
        if (key.isDestroyed()) {
          clear(place); // closed meanwhile, and this place was passed already
        }
        return;
      }
    }
    seat.cipher.close();
  }

  private void clear(int place) {
    @Nullable Seat seat = idle.getAndSet(place, null);
    if (seat != null) {
      seat.cipher.close();
    }
  }

  // Each thread looks in its own place first, so that two of them seldom meet.
  @SuppressWarnings("deprecation") // its successor threadId() is Java 19
  private static int startingPlace() {
    return (int) (Thread.currentThread().getId() % IDLE_SEATS);
  }
}
