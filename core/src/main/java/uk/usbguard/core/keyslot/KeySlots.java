package uk.usbguard.core.keyslot;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.KeySlotException;
import uk.usbguard.core.error.KeySlotException.Reason;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.format.ByteString;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.KeySlotData;
import uk.usbguard.core.format.SlotKdf;
import uk.usbguard.core.format.SlotType;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

/**
 * Opens key areas and makes new ones. A change wraps the same master key once more: data and all
 * other slots stay as they are, byte for byte, also those that this release cannot open. Nothing is
 * written here, and nothing is kept between calls. Slow wherever a passphrase is taken.
 *
 * <p>Taking a passphrase away does not help against somebody who kept the master key or has an
 * older copy of the container: then only a new container does.
 */
public final class KeySlots {

  private final CryptoProfile profile;
  private final Clock clock;

  public KeySlots(CryptoProfile profile, Clock clock) {
    this.profile = profile;
    this.clock = clock;
  }

  /**
   * Opens the newest copy that is genuine, with a passphrase.
   *
   * @throws WrongKeyException if no slot opens; whether the passphrase is wrong or the slot damaged
   *     cannot be told
   * @throws DamagedContainerException if a slot opens, but no copy has the right MAC
   * @throws UnsupportedFormatException if this release cannot open any slot of this container
   * @throws LimitExceededException if the copies together ask for more work than one key area may,
   *     or for more memory than there is
   */
  public UnlockedKeyArea unlock(List<UnverifiedKeyArea> copies, Passphrase passphrase)
      throws WrongKeyException,
          DamagedContainerException,
          UnsupportedFormatException,
          LimitExceededException {
    return unlock(copies, new SlotCredential.ByPassphrase(profile, passphrase));
  }

  /** The same with a recovery key. */
  public UnlockedKeyArea unlock(List<UnverifiedKeyArea> copies, RecoveryKey key)
      throws WrongKeyException,
          DamagedContainerException,
          UnsupportedFormatException,
          LimitExceededException {
    return unlock(copies, new SlotCredential.ByRecoveryKey(profile, key));
  }

  /**
   * The first key area of a container whose master key is made now: slot 0 for the passphrase, slot
   * 1 for the recovery key if there is one.
   *
   * @throws LimitExceededException if the cost is more than a container may have, or this PC has
   *     not the memory
   */
  public SealedKeyArea create(
      ContainerFacts container,
      SecretBytes master,
      Passphrase passphrase,
      KdfCost cost,
      @Nullable RecoveryKey recoveryKey)
      throws LimitExceededException {
    if (container.profile().code() != profile.id()) {
      throw new IllegalArgumentException("a container of another profile");
    }
    requireAffordable(0, cost);
    var slots = new TreeMap<Integer, KeySlotData>();
    slots.put(0, passphraseSlot(master, passphrase, cost));
    if (recoveryKey != null) {
      slots.put(1, recoverySlot(master, recoveryKey));
    }
    return seal(new KeyArea(container, 1, now(), slots), master, 0);
  }

  /**
   * Adds a passphrase in the first free slot.
   *
   * @throws KeySlotException if there is no free slot, or no more passphrases are allowed
   * @throws LimitExceededException if the slots together would cost more than allowed
   * @throws CommitLimitException if the key area was changed 2^31 times
   */
  public SealedKeyArea addPassphrase(
      KeyArea area, SecretBytes master, Passphrase passphrase, KdfCost cost)
      throws KeySlotException, LimitExceededException, CommitLimitException {
    if (area.passphraseSlots() >= FormatLimits.MAXIMUM_PASSPHRASE_SLOTS) {
      throw new KeySlotException(Reason.TOO_MANY_PASSPHRASES);
    }
    int slot = freeSlot(area);
    requireAffordable(area.argon2TotalKib(), cost);
    return changed(area, master, slot, passphraseSlot(master, passphrase, cost));
  }

  /** Adds a recovery key in the first free slot. */
  public SealedKeyArea addRecoveryKey(KeyArea area, SecretBytes master, RecoveryKey key)
      throws KeySlotException, CommitLimitException {
    return changed(area, master, freeSlot(area), recoverySlot(master, key));
  }

  /**
   * Puts another passphrase in the place of the one in this slot.
   *
   * @throws KeySlotException if that is no passphrase slot
   * @throws LimitExceededException if the slots together would cost more than allowed
   * @throws CommitLimitException if the key area was changed 2^31 times
   */
  public SealedKeyArea replacePassphrase(
      KeyArea area, SecretBytes master, int slot, Passphrase passphrase, KdfCost cost)
      throws KeySlotException, LimitExceededException, CommitLimitException {
    KeySlotData old = slot(area, slot, SlotType.PASSPHRASE);
    long freedKib = old.kdf() instanceof SlotKdf.Argon2id kdf ? kdf.totalKib() : 0;
    requireAffordable(area.argon2TotalKib() - freedKib, cost);
    return changed(area, master, slot, passphraseSlot(master, passphrase, cost));
  }

  /**
   * Empties a slot.
   *
   * @throws KeySlotException if it is empty, the last one that this release can open, or the last
   *     organisation slot of a container that must have one
   * @throws CommitLimitException if the key area was changed 2^31 times
   */
  public SealedKeyArea remove(KeyArea area, SecretBytes master, int slot)
      throws KeySlotException, CommitLimitException {
    if (!area.slots().containsKey(slot)) {
      throw KeySlotException.noSuchSlot(slot);
    }
    var slots = new TreeMap<>(area.slots());
    slots.remove(slot);
    boolean organisationMissing =
        area.container().organisationSlotRequired()
            && slots.values().stream().noneMatch(s -> s.type() == SlotType.ORGANISATION);
    if (organisationMissing || slots.values().stream().noneMatch(KeySlots::opensInThisRelease)) {
      throw new KeySlotException(Reason.LAST_SLOT);
    }
    return seal(next(area, slots), master, slot);
  }

  static boolean opensInThisRelease(KeySlotData slot) {
    return slot.kdf() instanceof SlotKdf.Argon2id || slot.kdf() instanceof SlotKdf.Hkdf;
  }

  private UnlockedKeyArea unlock(List<UnverifiedKeyArea> copies, SlotCredential credential)
      throws WrongKeyException,
          DamagedContainerException,
          UnsupportedFormatException,
          LimitExceededException {
    try (var search = new SlotSearch(profile, credential)) {
      return search.unlock(copies);
    }
  }

  private KeySlotData passphraseSlot(SecretBytes master, Passphrase passphrase, KdfCost cost)
      throws LimitExceededException {
    return newSlot(
        master,
        new SlotCredential.ByPassphrase(profile, passphrase),
        new SlotKdf.Argon2id(cost.memoryKib(), cost.passes(), cost.lanes()));
  }

  private KeySlotData recoverySlot(SecretBytes master, RecoveryKey key) {
    var credential = new SlotCredential.ByRecoveryKey(profile, key);
    byte[] salt = profile.randomBytes(FormatLimits.SALT_LENGTH);
    try (SecretBytes derived = credential.derive(new SlotKdf.Hkdf(), salt)) {
      return newSlot(master, credential.type(), new SlotKdf.Hkdf(), derived, salt);
    }
  }

  private KeySlotData newSlot(SecretBytes master, SlotCredential credential, SlotKdf kdf)
      throws LimitExceededException {
    byte[] salt = profile.randomBytes(FormatLimits.SALT_LENGTH);
    try (SecretBytes derived = credential.derive(kdf, salt)) {
      return newSlot(master, credential.type(), kdf, derived, salt);
    }
  }

  private KeySlotData newSlot(
      SecretBytes master, SlotType type, SlotKdf kdf, SecretBytes derived, byte[] salt) {
    ByteString id = ByteString.of(profile.randomBytes(FormatLimits.SLOT_ID_LENGTH));
    try (SlotKeys keys = SlotKeys.split(profile, derived)) {
      return new KeySlotData(type, kdf, now(), id, keys.wrap(master, salt), ByteString.EMPTY);
    }
  }

  private SealedKeyArea changed(KeyArea area, SecretBytes master, int slot, KeySlotData data)
      throws CommitLimitException {
    var slots = new TreeMap<>(area.slots());
    slots.put(slot, data);
    return seal(next(area, slots), master, slot);
  }

  private static KeyArea next(KeyArea area, SortedMap<Integer, KeySlotData> slots)
      throws CommitLimitException {
    if (area.keyGeneration() >= FormatLimits.MAXIMUM_KEY_GENERATION) {
      throw new CommitLimitException("key generation");
    }
    return new KeyArea(area.container(), area.keyGeneration() + 1, area.masterKeyMade(), slots);
  }

  private SealedKeyArea seal(KeyArea area, SecretBytes master, int slot) {
    byte[] macInput = KeyAreaCodec.encodeMacInput(area);
    try (SecretBytes macKey =
        new KeySchedule(profile, area.container().id().toBytes()).macKey(master)) {
      byte[] mac = profile.mac(macKey, macInput, 0, macInput.length);
      return new SealedKeyArea(area, slot, ByteString.of(KeyAreaCodec.encode(macInput, mac)));
    }
  }

  private static int freeSlot(KeyArea area) throws KeySlotException {
    for (int slot = 0; slot < FormatLimits.KEY_SLOTS; slot++) {
      if (!area.slots().containsKey(slot)) {
        return slot;
      }
    }
    throw new KeySlotException(Reason.NO_FREE_SLOT);
  }

  private static KeySlotData slot(KeyArea area, int slot, SlotType type) throws KeySlotException {
    @Nullable KeySlotData data = area.slots().get(slot);
    if (data == null || data.type() != type) {
      throw KeySlotException.noSuchSlot(slot);
    }
    return data;
  }

  private static void requireAffordable(long otherSlotsKib, KdfCost cost)
      throws LimitExceededException {
    long total = otherSlotsKib + (long) cost.memoryKib() * cost.passes();
    if (total > FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB) {
      throw new LimitExceededException(
          "KiB times passes of all slots", total, FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
