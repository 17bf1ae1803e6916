package uk.usbguard.cli.work;

import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.Report;
import uk.usbguard.cli.text.Quantity;

/**
 * What was done, and what ended or spoilt it. Both are said: a transfer that fails half way has
 * done the first half.
 */
public record Outcome<R extends Report>(R report, @Nullable Exception failure) {

  /** Says what was done, then fails if it did. */
  public void deliver(Output output) throws Exception {
    output.result(report);
    if (failure != null) {
      throw failure;
    }
  }

  /** Work that can only succeed or be stopped early. */
  public static <R extends Report> Outcome<R> unlessInterrupted(R report, boolean interrupted) {
    return new Outcome<>(
        report, interrupted ? new CommandException(ExitCode.INTERRUPTED, "interrupted") : null);
  }

  /** The failure that follows from the notes; null if they are none. */
  static @Nullable Exception of(Notes notes, boolean strict, boolean interrupted, String what) {
    if (interrupted) {
      return new CommandException(ExitCode.INTERRUPTED, "interrupted");
    }
    ExitCode code = notes.exitCode(strict);
    if (code == ExitCode.OK) {
      return null;
    }
    long noRoom = notes.count(NoteKind.NO_ROOM);
    if (noRoom > 0 && noRoom == notes.leftOut()) {
      return new CommandException(code, what + "-no-room", Quantity.files(noRoom));
    }
    long kept = notes.count(NoteKind.NOT_REMOVED);
    if (kept > 0 && notes.leftOut() == 0) {
      return new CommandException(code, what + "-kept", kept);
    }
    return new CommandException(code, what + "-" + suffix(code), notes.leftOut());
  }

  private static String suffix(ExitCode code) {
    return switch (code) {
      case DAMAGED -> "damaged";
      case CANNOT_CREATE -> "conflicts";
      default -> "incomplete";
    };
  }
}
