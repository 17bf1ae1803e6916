package uk.usbguard.core.vectors;

import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.WrongKeyException;

/** What came of a vector, in the words of docs/vectors/README.md. */
final class Outcome {

  /** Something that succeeds or says what is wrong with the container. */
  @FunctionalInterface
  interface Attempt {
    void run() throws Exception;
  }

  private Outcome() {}

  /** Any other exception passes through: it is a crash. */
  static String of(Attempt attempt) throws Exception {
    try {
      attempt.run();
      return "ok";
    } catch (ContainerException e) {
      return nameOf(e);
    }
  }

  private static String nameOf(ContainerException e) {
    if (e instanceof WrongKeyException) {
      return "wrong-key";
    }
    if (e instanceof DamagedContainerException) {
      return "damaged";
    }
    if (e instanceof UnsupportedFormatException) {
      return "unsupported";
    }
    if (e instanceof LimitExceededException) {
      return "limit";
    }
    return e instanceof NotAContainerException ? "not-a-container" : e.toString();
  }
}
