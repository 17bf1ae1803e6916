package uk.usbguard.core.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import uk.usbguard.core.check.RepairStoppedException.Reached;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.keyslot.UnlockedKeyArea;
import uk.usbguard.core.record.Records;

/**
 * Puts a container together again, in a new file, from pieces in which its batches lie anywhere:
 * each says where it belongs, and is believed if it opens under the container's key. Nothing is
 * decrypted on the way but the lists of what batches hold, the pieces are only read, and the new
 * container opens with all that opened the old one. Then it is repaired.
 */
public final class Salvage {

  private final List<Path> paths;
  private final Path to;
  private final Credential credential;
  private final ContainerEnvironment environment;
  private final ProgressListener progress;

  /** Takes the pieces, where the container is to be, and what opens it. */
  public Salvage(
      List<Path> pieces,
      Path to,
      Credential credential,
      ContainerEnvironment environment,
      ProgressListener progress) {
    this.paths = List.copyOf(pieces);
    this.to = to;
    this.credential = credential;
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Does it.
   *
   * @throws WrongKeyException if none of the containers in the pieces opens
   * @throws uk.usbguard.core.error.NotAContainerException if no key area is in the pieces
   * @throws DamagedContainerException if nothing else of the container is
   * @throws java.nio.file.FileAlreadyExistsException if there is a file where it is to be
   * @throws RepairStoppedException if who hears of the progress ended it
   */
  public RepairReport salvage() throws IOException, UsbguardException {
    try (Pieces pieces = Pieces.scan(paths, progress)) {
      CryptoProfile profile = environment.standardProfile();
      assemble(pieces, profile);
    } catch (CancellationException e) {
      throw new RepairStoppedException(Reached.NOTHING, e);
    }
    return new Repair(to, credential, environment, progress).mend(Reached.ASSEMBLED);
  }

  private void assemble(Pieces pieces, CryptoProfile profile)
      throws IOException, ContainerException {
    Pieces.Area area = unlockable(pieces, profile);
    try (UnlockedKeyArea unlocked = unlock(profile, List.of(area.claims()))) {
      ContainerFacts facts = unlocked.area().container();
      try (Records records = new Records(profile, unlocked.master(), facts.id())) {
        new Assembly(pieces, records, facts, area.bytes().toBytes(), to).write(progress);
      }
    }
  }

  /** The newest copy of the key area of the first container that opens. */
  private Pieces.Area unlockable(Pieces pieces, CryptoProfile profile) throws ContainerException {
    Map<ContainerId, List<Pieces.Area>> byContainer = new LinkedHashMap<>();
    for (Pieces.Area area : pieces.keyAreas()) {
      byContainer
          .computeIfAbsent(area.claims().claimedContainer().id(), id -> new ArrayList<>())
          .add(area);
    }
    for (List<Pieces.Area> copies : byContainer.values()) {
      Optional<Pieces.Area> opens = newest(copies, profile);
      if (opens.isPresent()) {
        return opens.get();
      }
    }
    throw new WrongKeyException();
  }

  /** All copies are asked together: an old one must not let in whom the newest does not. */
  private Optional<Pieces.Area> newest(List<Pieces.Area> copies, CryptoProfile profile)
      throws ContainerException {
    List<UnverifiedKeyArea> claims = copies.stream().map(Pieces.Area::claims).toList();
    try (UnlockedKeyArea unlocked = unlock(profile, claims)) {
      return copies.stream()
          .filter(c -> c.claims().claimedKeyGeneration() == unlocked.area().keyGeneration())
          .filter(c -> c.claims().claimedSlots().equals(unlocked.area().slots()))
          .findFirst();
    } catch (WrongKeyException e) {
      return Optional.empty();
    }
  }

  private UnlockedKeyArea unlock(CryptoProfile profile, List<UnverifiedKeyArea> copies)
      throws ContainerException {
    KeySlots slots = new KeySlots(profile, environment.clock());
    return credential instanceof Credential.ByPassphrase by
        ? slots.unlock(copies, by.passphrase())
        : slots.unlock(copies, ((Credential.ByRecoveryKey) credential).key());
  }
}
