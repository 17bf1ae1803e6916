package uk.usbguard.core.record;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import uk.usbguard.core.crypto.AeadKey;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.secret.SecretBytes;

/**
 * Opens the records of one container and starts the epochs under which new ones are sealed. What
 * opens was sealed by somebody with the master key under exactly this name; nothing is handed out
 * before its tag verified. Safe for use by several threads.
 */
public final class Records implements AutoCloseable {

  private final CryptoProfile profile;
  private final SecretBytes masterKey;
  private final ContainerId container;
  private final KeySchedule schedule;
  private final AeadKey rootKey;
  private final Map<EpochSalt, AeadKey> epochs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Copies the master key; the caller keeps its own. */
  public Records(CryptoProfile profile, SecretBytes masterKey, ContainerId container) {
    this.profile = profile;
    this.masterKey = masterKey.copy();
    this.container = container;
    this.schedule = new KeySchedule(profile, container.toBytes());
    this.rootKey = schedule.rootKey(this.masterKey);
  }

  /** The container whose records these are. */
  public ContainerId container() {
    return container;
  }

  /** An epoch that nobody has used before. */
  public WriteEpoch newEpoch() {
    EpochSalt salt = EpochSalt.of(profile.randomBytes(EpochSalt.LENGTH));
    return new WriteEpoch(container, salt, keyOf(salt));
  }

  /**
   * Opens one record.
   *
   * @param sealedLength IV and tag included
   * @return false if what is there is not the record of this name; {@code out} then shows nothing
   */
  public boolean open(
      RecordName name, byte[] sealed, int offset, int sealedLength, byte[] out, int outOffset) {
    int plainLength = sealedLength - BatchLayout.SEAL;
    if (plainLength < 0) {
      return false;
    }
    return keyOf(name.epoch())
        .open(name.aad(container, plainLength), sealed, offset, sealedLength, out, outOffset);
  }

  /** The same between two buffers of {@link #buffer}; places are counted from their starts. */
  public boolean open(
      RecordName name, ByteBuffer sealed, int at, int sealedLength, ByteBuffer out, int to) {
    int plainLength = sealedLength - BatchLayout.SEAL;
    if (plainLength < 0) {
      return false;
    }
    return keyOf(name.epoch())
        .open(name.aad(container, plainLength), sealed, at, sealedLength, out, to);
  }

  /** A buffer from and to which records are opened without being copied. */
  public ByteBuffer buffer(int bytes) {
    return profile.buffer(bytes);
  }

  /** A root slot's 4,096 bytes, sealed for its place in the ring. */
  public byte[] sealRoot(RootSlot slot, int area, int number) {
    byte[] block = new byte[RootSlot.LENGTH];
    RootSlot.mark(block);
    byte[] plain = slot.encode();
    rootKey.seal(
        RootSlot.aad(container, area, number), plain, 0, plain.length, block, RootSlot.SEALED_AT);
    return block;
  }

  /** Opens a root slot, or nothing if it is empty, torn or of another place. */
  public Optional<RootSlot> openRoot(byte[] ring, int offset, int area, int number) {
    if (!RootSlot.isMarked(ring, offset)) {
      return Optional.empty();
    }
    byte[] plain = new byte[RootSlot.PLAIN_LENGTH];
    boolean genuine =
        rootKey.open(
            RootSlot.aad(container, area, number),
            ring,
            offset + RootSlot.SEALED_AT,
            RootSlot.PLAIN_LENGTH + BatchLayout.SEAL,
            plain,
            0);
    return genuine ? RootSlot.decode(plain) : Optional.empty();
  }

  private AeadKey keyOf(EpochSalt salt) {
    AeadKey key = epochs.computeIfAbsent(salt, s -> schedule.epochKey(masterKey, s.toBytes()));
    if (closed) {
      key.close(); // closing may have come by before it was there
    }
    return key;
  }

  /** Wipes all keys. */
  @Override
  public void close() {
    closed = true;
    epochs.values().forEach(AeadKey::close);
    rootKey.close();
    masterKey.close();
  }
}
