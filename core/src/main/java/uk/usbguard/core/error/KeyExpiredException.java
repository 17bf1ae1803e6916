package uk.usbguard.core.error;

import java.time.Instant;

/** The master key is too old for new data (SP 800-57: two years). Reading goes on. */
public final class KeyExpiredException extends ContainerException {

  private static final long serialVersionUID = 1L;
  private final Instant madeAt;

  /** Takes the facts. */
  public KeyExpiredException(Instant madeAt) {
    super("master key made " + madeAt, null);
    this.madeAt = madeAt;
  }

  /** When the key was made. */
  public Instant madeAt() {
    return madeAt;
  }
}
