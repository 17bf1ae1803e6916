package uk.usbguard.core.keyslot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeySlotData;
import uk.usbguard.core.format.SlotKdf;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.format.WrappedMasterKey;
import uk.usbguard.core.secret.SecretBytes;

/**
 * One attempt to open a container: finds the slot that fits in the newest copy whose MAC is right.
 * Derives each distinct slot once, however many copies hold it, and all of them together cost no
 * more than one key area may claim. Closing wipes every key that was found on the way.
 */
final class SlotSearch implements AutoCloseable {

  /** A slot that was derived, and what came out. */
  private static final class Tried {

    private final SlotKdf kdf;
    private final WrappedMasterKey key;
    private final Optional<SecretBytes> master;

    Tried(KeySlotData slot, Optional<SecretBytes> master) {
      this.kdf = slot.kdf();
      this.key = slot.key();
      this.master = master;
    }

    boolean isOf(KeySlotData slot) {
      return kdf.equals(slot.kdf()) && key.equals(slot.key());
    }
  }

  private final CryptoProfile profile;
  private final SlotCredential credential;
  private final List<Tried> tried = new ArrayList<>();
  private long spentKib;

  SlotSearch(CryptoProfile profile, SlotCredential credential) {
    this.profile = profile;
    this.credential = credential;
  }

  UnlockedKeyArea unlock(List<UnverifiedKeyArea> copies)
      throws WrongKeyException,
          DamagedContainerException,
          UnsupportedFormatException,
          LimitExceededException {
    requireSupported(copies);
    var newestFirst = new ArrayList<>(copies);
    newestFirst.sort(Comparator.comparingLong(UnverifiedKeyArea::claimedKeyGeneration).reversed());
    boolean opened = false;
    for (UnverifiedKeyArea copy : newestFirst) {
      if (!isOurProfile(copy)) {
        continue;
      }
      for (Map.Entry<Integer, KeySlotData> slot : copy.claimedSlots().entrySet()) {
        Optional<SecretBytes> master = masterKey(slot.getValue());
        if (master.isEmpty()) {
          continue;
        }
        Optional<KeyArea> area = verified(copy, master.get());
        if (area.isPresent()) {
          requireNewest(newestFirst, copy, master.get());
          return new UnlockedKeyArea(
              area.get(), slot.getKey(), master.get().copy(), others(copies, copy));
        }
        opened = true;
      }
    }
    if (opened) {
      throw new DamagedContainerException(
          DamagedContainerException.Part.KEY_AREA,
          FormatLimits.AREA_POSITIONS.get(newestFirst.get(0).copy()),
          "a slot opens, but the MAC is wrong in every copy");
    }
    throw new WrongKeyException();
  }

  @Override
  public void close() {
    tried.forEach(slot -> slot.master.ifPresent(SecretBytes::close));
  }

  /** A container that no passphrase and no recovery key opens is no question of the right one. */
  private void requireSupported(List<UnverifiedKeyArea> copies) throws UnsupportedFormatException {
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("no copy of the key area");
    }
    UnverifiedKeyArea first = copies.get(0);
    if (copies.stream().noneMatch(this::isOurProfile)) {
      throw new UnsupportedFormatException(What.PROFILE, first.claimedContainer().profile().code());
    }
    boolean someSlotOpens =
        copies.stream()
            .filter(this::isOurProfile)
            .flatMap(copy -> copy.claimedSlots().values().stream())
            .anyMatch(KeySlots::opensInThisRelease);
    if (!someSlotOpens && !first.claimedSlots().isEmpty()) {
      KeySlotData slot = first.claimedSlots().values().iterator().next();
      throw new UnsupportedFormatException(What.SLOT_TYPE, slot.type().code());
    }
  }

  /**
   * An older copy must not let in whom the newest does not: a pull-out while a passphrase was being
   * changed leaves the old one in one copy. With the master key the newer copy can be judged.
   */
  private void requireNewest(
      List<UnverifiedKeyArea> newestFirst, UnverifiedKeyArea taken, SecretBytes master)
      throws WrongKeyException, UnsupportedFormatException {
    for (UnverifiedKeyArea copy : newestFirst) {
      if (copy.claimedKeyGeneration() <= taken.claimedKeyGeneration()) {
        return;
      }
      if (verified(copy, master).isPresent()) {
        if (!isOurProfile(copy)) {
          throw new UnsupportedFormatException(
              What.PROFILE, copy.claimedContainer().profile().code());
        }
        throw new WrongKeyException();
      }
    }
  }

  private boolean isOurProfile(UnverifiedKeyArea copy) {
    return copy.claimedContainer().profile().code() == profile.id();
  }

  private Optional<KeyArea> verified(UnverifiedKeyArea copy, SecretBytes master) {
    var keys = new KeySchedule(profile, copy.claimedContainer().id().toBytes());
    try (SecretBytes macKey = keys.macKey(master)) {
      byte[] input = copy.macInput();
      return copy.verify(profile.mac(macKey, input, 0, input.length));
    }
  }

  /** Lent: closed with this search. */
  private Optional<SecretBytes> masterKey(KeySlotData slot) throws LimitExceededException {
    if (slot.type() != credential.type() || !credential.canDerive(slot.kdf())) {
      return Optional.empty();
    }
    for (Tried before : tried) {
      if (before.isOf(slot)) {
        return before.master;
      }
    }
    spend(slot.kdf());
    try (SecretBytes derived = credential.derive(slot.kdf(), slot.key().salt().toBytes());
        SlotKeys keys = SlotKeys.split(profile, derived)) {
      Optional<SecretBytes> master = keys.unwrap(slot.key());
      tried.add(new Tried(slot, master));
      return master;
    }
  }

  private void spend(SlotKdf kdf) throws LimitExceededException {
    if (kdf instanceof SlotKdf.Argon2id argon2id) {
      spentKib += argon2id.totalKib();
      if (spentKib > FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB) {
        throw new LimitExceededException(
            "KiB times passes of the slots in all copies",
            spentKib,
            FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB);
      }
    }
  }

  private static SortedSet<Integer> others(
      List<UnverifiedKeyArea> copies, UnverifiedKeyArea taken) {
    var others = new TreeSet<Integer>();
    for (UnverifiedKeyArea copy : copies) {
      if (!copy.hasSameBytes(taken)) {
        others.add(copy.copy());
      }
    }
    return others;
  }
}
