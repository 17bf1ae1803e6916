package uk.usbguard.core.container;

import java.io.IOException;
import java.util.List;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.keyslot.SealedKeyArea;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * The ways to open a container: looked at, added, replaced and taken away. Every change makes a
 * whole new key area around the same master key, and is done when that is in every place.
 */
final class ContainerSlots {

  private final Session session;

  ContainerSlots(Session session) {
    this.session = session;
  }

  List<SlotInfo> all() {
    int used = session.keys().slot();
    return session.keys().area().slots().entrySet().stream()
        .map(s -> SlotInfo.of(s.getKey(), s.getValue(), s.getKey() == used))
        .toList();
  }

  SlotInfo addPassphrase(Passphrase passphrase, PassphraseCost cost)
      throws IOException, ContainerException {
    return change(
        keys ->
            session.slots().addPassphrase(keys.area(), keys.master(), passphrase, cost.toKdf()));
  }

  SlotInfo addRecoveryKey(RecoveryKey key) throws IOException, ContainerException {
    return change(keys -> session.slots().addRecoveryKey(keys.area(), keys.master(), key));
  }

  SlotInfo replacePassphrase(int slot, Passphrase passphrase, PassphraseCost cost)
      throws IOException, ContainerException {
    return change(
        keys ->
            session
                .slots()
                .replacePassphrase(keys.area(), keys.master(), slot, passphrase, cost.toKdf()));
  }

  void remove(int slot) throws IOException, ContainerException {
    change(keys -> session.slots().remove(keys.area(), keys.master(), slot));
  }

  /** Makes a new key area out of the one that there is. */
  @FunctionalInterface
  private interface AreaChange {
    SealedKeyArea of(KeyRing keys) throws IOException, ContainerException;
  }

  private SlotInfo change(AreaChange change) throws IOException, ContainerException {
    return session.changingKeys(
        () -> {
          SealedKeyArea changed = change.of(session.keys());
          session.edits().writeKeyArea(changed.bytes().toBytes());
          session.keys().replace(changed);
          int number = changed.slot();
          return all().stream()
              .filter(s -> s.number() == number)
              .findFirst()
              .orElseGet(() -> all().get(0));
        });
  }
}
