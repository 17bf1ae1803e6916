package uk.usbguard.core.error;

import org.jspecify.annotations.Nullable;

/** Why a container could not do what was asked. Reading and writing faults stay IOExceptions. */
public abstract sealed class ContainerException extends UsbguardException
    permits CommitLimitException,
        ContainerBusyException,
        DamagedContainerException,
        EntryException,
        KeyExpiredException,
        KeySlotException,
        LimitExceededException,
        MediumFullException,
        NotAContainerException,
        ReadOnlyContainerException,
        UnsupportedFormatException,
        WrongKeyException {

  private static final long serialVersionUID = 1L;

  ContainerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
