package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.ExportReport;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.cli.text.Quantity;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DiskFull;

/**
 * Takes trees out of a container: the whole of decrypt and get but for the options and the words.
 */
public final class Exporting {

  private final ExportPlan plan;
  private final Surroundings surroundings;
  private final Notes notes = new Notes();

  public Exporting(ExportPlan plan, Surroundings surroundings) {
    this.plan = plan;
    this.surroundings = surroundings;
  }

  /** Does it. Fails before anything is made if a path is not in the container. */
  public Outcome<ExportReport> run(Container container, String type)
      throws IOException, ContainerException, CommandException {
    long start = surroundings.nanoTime().getAsLong();
    long total = 0;
    for (ContainerPath path : plan.paths()) {
      total += container.require(path).size();
    }
    makeTarget();
    Exporter exporter =
        exporter(container, plan.paths().isEmpty() ? container.payloadBytes() : total);
    Exception failure = null;
    try {
      exporter.run();
    } catch (IOException e) {
      failure = DiskFull.is(e) ? full(exporter) : e;
    } catch (ContainerException e) {
      failure = e;
    } finally {
      surroundings.progress().finished();
    }
    boolean interrupted = surroundings.cancelled().getAsBoolean();
    if (!container.openReport().lost().isEmpty()) {
      notes.add(NoteKind.LOST_SAVE, plan.container(), "");
    }
    if (failure == null) {
      failure = Outcome.of(notes, surroundings.strict(), interrupted, what());
    }
    return new Outcome<>(
        report(exporter, type, interrupted || failure instanceof IOException, start), failure);
  }

  private Exporter exporter(Container container, long total) throws IOException {
    AtomicLong done = new AtomicLong();
    FileWriter writer =
        new FileWriter(
            DiskEntry.Attributes.of(plan.target()),
            surroundings.cancelled(),
            length -> surroundings.progress().advanced(done.addAndGet(length), total));
    TargetNames names = TargetNames.of(plan.target(), plan.osName());
    return new Exporter(container, plan, names, writer, notes, surroundings.cancelled());
  }

  /** Whose sentences a failure has: with the rest of damaged files there is less to advise. */
  private String what() {
    boolean copies = notes.count(NoteKind.DAMAGED) == 0 && notes.count(NoteKind.DAMAGED_COPY) > 0;
    return copies ? "export-around" : "export";
  }

  private void makeTarget() throws CommandException {
    Path target = plan.target();
    if (Files.isDirectory(target)) {
      return;
    }
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CANNOT_CREATE, "no-target", target.toString(), SourceWalk.reason(e));
    }
  }

  private static @Nullable Exception full(Exporter exporter) {
    return new CommandException(
        ExitCode.IO,
        "export-full",
        Quantity.files(exporter.files()),
        Quantity.bytes(exporter.bytes()));
  }

  private ExportReport report(Exporter exporter, String type, boolean interrupted, long start) {
    return new ExportReport(
        type,
        plan.container(),
        plan.target().toString(),
        exporter.files(),
        exporter.folders(),
        exporter.bytes(),
        notes.count(NoteKind.DAMAGED),
        notes.count(NoteKind.DAMAGED_COPY),
        notes.leftOut(),
        interrupted,
        surroundings.millisecondsSince(start),
        notes.list());
  }
}
