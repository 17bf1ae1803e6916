package uk.usbguard.cli.work;

import java.io.IOException;
import java.util.List;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Verified;
import uk.usbguard.core.check.Finding;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.error.ContainerException;

/** Reads everything in a container. */
public final class Verifying {

  private final Surroundings surroundings;

  public Verifying(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Does it. */
  public Outcome<Verified> run(Container container, String name)
      throws IOException, ContainerException {
    long start = surroundings.nanoTime().getAsLong();
    VerifyReport found = Verification.verify(container, surroundings.progress()::advanced);
    surroundings.progress().finished();
    boolean sound = found.findings().isEmpty();
    Verified report =
        new Verified(
            name,
            sound,
            found.files(),
            found.bytes(),
            found.findings().stream().map(Verifying::damage).toList(),
            surroundings.millisecondsSince(start));
    return new Outcome<>(
        report,
        sound
            ? null
            : new CommandException(ExitCode.DAMAGED, "verify-damaged", found.findings().size()));
  }

  private static Verified.Damage damage(Finding finding) {
    if (finding instanceof Finding.DamagedFile file) {
      return new Verified.Damage(
          "file",
          file.path(),
          file.ranges().stream().map(r -> new Verified.Range(r.start(), r.end())).toList(),
          "");
    }
    if (finding instanceof Finding.DamagedIndex index) {
      return new Verified.Damage("folder", index.path(), List.of(), "");
    }
    if (finding instanceof Finding.DamagedKeyArea area) {
      return new Verified.Damage("key-area", "", List.of(), Integer.toString(area.copy()));
    }
    return new Verified.Damage("root-slot", "", List.of(), finding.toString());
  }
}
