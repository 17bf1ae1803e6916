package uk.usbguard.core.error;

import org.jspecify.annotations.Nullable;

/** The medium is full. The container is as of its last commit. */
public final class MediumFullException extends ContainerException {

  private static final long serialVersionUID = 1L;
  private final long neededBytes;

  /** Takes the facts. */
  public MediumFullException(long neededBytes, @Nullable Throwable cause) {
    super("medium full, needed " + neededBytes, cause);
    this.neededBytes = neededBytes;
  }

  /** How many bytes were missing for what was to be written next. */
  public long neededBytes() {
    return neededBytes;
  }
}
