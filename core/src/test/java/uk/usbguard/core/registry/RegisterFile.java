package uk.usbguard.core.registry;

import java.nio.file.Path;
import java.time.Clock;

/** The register that tests of other packages begin: a file of its own, at a time that they say. */
public final class RegisterFile {

  private RegisterFile() {}

  /** An empty one in the folder. The caller closes it. */
  public static DeviceRegister begin(Path folder, Clock clock) throws RegisterFailedException {
    return DeviceRegister.open(
        new RegisterAddress.InFile(folder.resolve("r.db")),
        true,
        null,
        new RegisterEnvironment(clock, RegisterListener.NONE, RegisterEnvironment.PATIENCE));
  }
}
