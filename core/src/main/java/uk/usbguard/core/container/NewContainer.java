package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * A container that was just made, open for writing, and its recovery key, which nobody can get out
 * of it again. Closing closes the container and wipes the key.
 */
public final class NewContainer implements AutoCloseable {

  private final Container container;
  private final Optional<RecoveryKey> recoveryKey;

  NewContainer(Container container, Optional<RecoveryKey> recoveryKey) {
    this.container = container;
    this.recoveryKey = recoveryKey;
  }

  /** The container, open for writing. */
  public Container container() {
    return container;
  }

  /** The recovery key, if one was wanted. */
  public Optional<RecoveryKey> recoveryKey() {
    return recoveryKey;
  }

  @Override
  public void close() throws IOException, ContainerException {
    recoveryKey.ifPresent(RecoveryKey::close);
    container.close();
  }
}
