package uk.usbguard.cli.failure;

/** What the process ends with. The numbers are promised in docs/cli.md and never change. */
public enum ExitCode {
  OK(0),
  /** The question was answered "no". */
  NO(1),
  USAGE(64),
  DAMAGED(65),
  NOT_FOUND(66),
  UNAVAILABLE(69),
  BUG(70),
  CANNOT_CREATE(73),
  IO(74),
  BUSY(75),
  UNSUPPORTED(76),
  WRONG_KEY(77),
  DENIED(80),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the shell sees. */
  public int number() {
    return number;
  }
}
