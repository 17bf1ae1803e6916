package uk.usbguard.cli.work;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Verified;
import uk.usbguard.core.check.Finding;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.UsbguardException;

/** Reads everything in a container. */
public final class Verifying {

  private final Surroundings surroundings;

  public Verifying(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Does it. Damage to a spare copy counts, as it says that the medium fails; an interrupted
   * session does not, as opening has dealt with it and said so.
   */
  public Outcome<Verified> run(Container container, String name)
      throws IOException, UsbguardException {
    long start = surroundings.nanoTime().getAsLong();
    VerifyReport found = verify(container);
    List<Verified.Damage> damage =
        found.findings().stream()
            .filter(finding -> !(finding instanceof Finding.DroppedCommits))
            .map(Verifying::damage)
            .toList();
    Verified report =
        new Verified(
            name,
            damage.isEmpty(),
            found.files(),
            found.folders(),
            found.bytes(),
            damage,
            surroundings.millisecondsSince(start));
    return new Outcome<>(
        report,
        damage.isEmpty()
            ? null
            : new CommandException(ExitCode.DAMAGED, "verify-damaged", damage.size()));
  }

  /** Nothing is half done when it is interrupted, so it just ends. */
  private VerifyReport verify(Container container) throws IOException, UsbguardException {
    try {
      return Verification.verify(container, surroundings.stoppable());
    } catch (CancellationException e) {
      throw new CommandException(ExitCode.INTERRUPTED, "verify-interrupted");
    } finally {
      surroundings.progress().finished();
    }
  }

  /** A finding as it is shown. */
  static Verified.Damage damage(Finding finding) {
    if (finding instanceof Finding.DamagedFile file) {
      return new Verified.Damage(
          "file",
          file.path().toString(),
          file.ranges().stream().map(r -> new Verified.Range(r.start(), r.end())).toList(),
          "");
    }
    if (finding instanceof Finding.DamagedFolder folder) {
      return new Verified.Damage("folder", folder.path().toString(), List.of(), "");
    }
    if (finding instanceof Finding.DamagedKeyArea area) {
      return new Verified.Damage("key-area", "", List.of(), Integer.toString(area.copy()));
    }
    if (finding instanceof Finding.LostSaves lost) {
      return new Verified.Damage("save", "", List.of(), lost.generations().get(0).toString());
    }
    throw new BugException("a finding that has no words: " + finding.getClass().getSimpleName());
  }
}
