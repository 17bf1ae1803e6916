package uk.usbguard.core.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
   */
  public RepairReport mend() throws IOException, ContainerException {
    Mending mending = Mender.mend(path, credential, false, environment);
    return new RepairReport(mending, Optional.of(verify()));
  }

  /** Says what a repair would do, and what is damaged as it stands; writes nothing. */
  public RepairReport trial() throws IOException, ContainerException {
    Mending mending = Mender.mend(path, credential, true, environment);
    try {
      return new RepairReport(mending, Optional.of(verify()));
    } catch (DamagedContainerException e) {
      return new RepairReport(mending, Optional.empty());
    }
  }

  private VerifyReport verify() throws IOException, ContainerException {
    try (Container opened = Containers.open(path, credential, OpenMode.READ_ONLY, environment)) {
      return Verification.verify(opened, progress);
    }
  }
}
