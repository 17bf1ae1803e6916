package uk.usbguard.core.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import uk.usbguard.core.check.RepairStoppedException.Reached;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.Mender;
import uk.usbguard.core.container.Mending;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.UsbguardException;

/** Puts a damaged container right, then reads everything and says what is left damaged. */
public final class Repair {

  private final Path path;
  private final Credential credential;
  private final ContainerEnvironment environment;
  private final ProgressListener progress;

  /** Takes which container, what opens it, and who hears how far it is. */
  public Repair(
      Path path,
      Credential credential,
      ContainerEnvironment environment,
      ProgressListener progress) {
    this.path = path;
    this.credential = credential;
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Repairs in place. What still verifies stays as it is; crash or pull-out leave the container as
   * it was before.
   *
   * @throws DamagedContainerException if no key area or not one commit record is left
   * @throws RepairStoppedException if who hears of the progress ended it
   */
  public RepairReport mend() throws IOException, UsbguardException {
    return mend(Reached.NOTHING);
  }

  /**
   * The same.
   *
   * @param before how far it is when nothing is mended yet
   */
  RepairReport mend(Reached before) throws IOException, UsbguardException {
    Reached reached = before;
    try {
      Mending mending = Mender.mend(path, credential, false, environment, progress);
      reached = Reached.REPAIRED;
      return new RepairReport(mending, Optional.of(verify()));
    } catch (CancellationException e) {
      throw new RepairStoppedException(reached, e);
    }
  }

  /**
   * Says what a repair would do, and what is damaged as it stands; writes nothing.
   *
   * @throws RepairStoppedException if who hears of the progress ended it
   */
  public RepairReport trial() throws IOException, UsbguardException {
    try {
      Mending mending = Mender.mend(path, credential, true, environment, progress);
      return new RepairReport(mending, verifyIfItOpens());
    } catch (CancellationException e) {
      throw new RepairStoppedException(Reached.NOTHING, e);
    }
  }

  private Optional<VerifyReport> verifyIfItOpens() throws IOException, ContainerException {
    try {
      return Optional.of(verify());
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }

  private VerifyReport verify() throws IOException, ContainerException {
    try (Container opened = Containers.open(path, credential, OpenMode.READ_ONLY, environment)) {
      return Verification.verify(opened, progress);
    }
  }
}
