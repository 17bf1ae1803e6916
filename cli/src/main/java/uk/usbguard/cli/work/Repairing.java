package uk.usbguard.cli.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Repaired;
import uk.usbguard.cli.render.Verified;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.check.Repair;
import uk.usbguard.core.check.RepairReport;
import uk.usbguard.core.check.RepairStoppedException;
import uk.usbguard.core.check.RepairStoppedException.Reached;
import uk.usbguard.core.check.Salvage;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.container.Mending;
import uk.usbguard.core.error.UsbguardException;

/** Repairs a container, or says what a repair would do. */
public final class Repairing {

  private final Surroundings surroundings;

  public Repairing(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The engine's part of it. */
  @FunctionalInterface
  private interface Work {
    /** Does it. */
    RepairReport run() throws IOException, UsbguardException;
  }

  /** In place. */
  public Outcome<Repaired> repair(Repair repair, String name, boolean dryRun)
      throws IOException, UsbguardException {
    return run(dryRun ? repair::trial : repair::mend, name, dryRun, false);
  }

  /** From pieces into a new container. */
  public Outcome<Repaired> salvage(Salvage salvage, String name)
      throws IOException, UsbguardException {
    return run(salvage::salvage, name, false, true);
  }

  /** What could not be brought back ends with the code for damage. */
  private Outcome<Repaired> run(Work work, String name, boolean dryRun, boolean salvaged)
      throws IOException, UsbguardException {
    long start = surroundings.nanoTime().getAsLong();
    RepairReport report = report(work, name, salvaged);
    List<Verified.Damage> damage =
        report.after().map(VerifyReport::findings).orElse(List.of()).stream()
            .filter(finding -> finding.losesData())
            .map(Verifying::damage)
            .toList();
    Repaired repaired =
        new Repaired(
            name,
            dryRun,
            salvaged,
            report.isWhole(),
            mended(report.mending()),
            report.mending().restored(),
            report.mending().recovered(),
            damage,
            surroundings.millisecondsSince(start));
    return new Outcome<>(
        repaired,
        report.isWhole() ? null : new CommandException(ExitCode.DAMAGED, "repair-incomplete"));
  }

  private RepairReport report(Work work, String name, boolean salvaged)
      throws IOException, UsbguardException {
    try {
      return work.run();
    } catch (RepairStoppedException e) {
      String sentence = sentence(e.reached(), salvaged);
      throw new CommandException(ExitCode.INTERRUPTED, sentence, Printable.name(name));
    } finally {
      surroundings.progress().finished();
    }
  }

  private static String sentence(Reached reached, boolean salvaged) {
    return switch (reached) {
      case NOTHING -> salvaged ? "salvage-interrupted" : "repair-interrupted";
      case ASSEMBLED -> "salvage-unrepaired";
      case REPAIRED -> "repair-unverified";
    };
  }

  private static List<Repaired.Mended> mended(Mending mending) {
    List<Repaired.Mended> mended = new ArrayList<>();
    add(mended, "key-area", mending.keyAreas());
    add(mended, "root-slots", mending.rings());
    add(mended, "segment-header", mending.headers());
    add(mended, "segment", mending.missingSegments());
    if (!mending.opened()) {
      add(mended, "opening", List.of(mending.generation()));
    }
    if (mending.lostNodes() > 0) {
      add(mended, "index", List.of(mending.restored()));
    }
    add(mended, "commit", mending.forwarded());
    return mended;
  }

  private static void add(List<Repaired.Mended> mended, String part, List<?> numbers) {
    numbers.forEach(number -> mended.add(new Repaired.Mended(part, String.valueOf(number))));
  }
}
