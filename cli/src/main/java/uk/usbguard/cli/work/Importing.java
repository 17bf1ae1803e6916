package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.ImportReport;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Quantity;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.error.UsbguardException;

/** Stores trees in a container: the whole of encrypt and put but for the options and the words. */
public final class Importing {

  private final ImportPlan plan;
  private final Surroundings surroundings;
  private final Notes notes = new Notes();

  public Importing(ImportPlan plan, Surroundings surroundings) {
    this.plan = plan;
    this.surroundings = surroundings;
  }

  /** Opens or creates the container, which takes as long as the key derivation. */
  public interface Opening {
    Container open() throws IOException, UsbguardException;
  }

  /** Asked when all is done. */
  public interface LabelSource {
    Labels labels();
  }

  /** What the report says beside the numbers. */
  public record Labels(
      String type,
      boolean created,
      @Nullable ShownSecret recoveryKey,
      @Nullable String recoverySheet) {}

  /** Fails if a source is missing or the container's folder is; nothing is created then. */
  public void checkBeforehand() throws IOException, CommandException {
    for (Path source : plan.sources()) {
      if (!Files.exists(source)) {
        throw new NoSuchFileException(source.toString());
      }
    }
    Path folder = plan.container().toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.CANNOT_CREATE, "no-container-folder", Printable.name(String.valueOf(folder)));
    }
    if (!Files.exists(plan.container()) && !Files.isWritable(folder)) {
      throw new CommandException(
          ExitCode.CANNOT_CREATE, "folder-not-writable", Printable.name(folder.toString()));
    }
  }

  /** Does it. The labels are asked for at the end. */
  public Outcome<ImportReport> run(Opening opening, LabelSource labels)
      throws IOException, UsbguardException {
    long start = surroundings.nanoTime().getAsLong();
    Path drive = plan.drive();
    Exclusions exclusions =
        Exclusions.of(plan.container(), drive == null ? null : drive.toRealPath());
    Exception failure = null;
    Importer importer;
    try (ReadAhead ahead = new ReadAhead(surroundings.cancelled());
        TreeSize size = surroundings.watched() ? TreeSize.counting(roots()) : null) {
      ahead.start(exclusions, notes, this::walk);
      Container container = opening.open();
      importer = new Importer(container, plan, notes, progress(size), surroundings.cancelled());
      failure = store(importer, container, ahead);
    } finally {
      surroundings.progress().finished();
    }
    boolean interrupted = surroundings.cancelled().getAsBoolean();
    if (failure == null) {
      failure = Outcome.of(notes, surroundings.strict(), interrupted, "import");
    }
    return new Outcome<>(report(importer, labels.labels(), failure, start), failure);
  }

  private @Nullable Exception store(Importer importer, Container container, ReadAhead ahead) {
    Exception failure = null;
    try (container) {
      importer.run(ahead);
    } catch (MediumFullException e) {
      failure =
          new CommandException(
              ExitCode.IO,
              "import-full",
              Quantity.files(importer.counts().files()),
              Quantity.bytes(importer.counts().bytes()));
    } catch (IOException | ContainerException e) {
      failure = e;
    }
    return failure;
  }

  private ImportReport report(
      Importer importer, Labels labels, @Nullable Exception failure, long start) {
    boolean early = surroundings.cancelled().getAsBoolean() || failure instanceof IOException;
    return new ImportReport(
        labels.type(),
        plan.container().toString(),
        labels.created(),
        importer.counts(),
        importer.written(),
        notes.leftOut(),
        failure instanceof CommandException e && e.id().equals("import-full"),
        early,
        surroundings.millisecondsSince(start),
        labels.recoveryKey(),
        labels.recoverySheet(),
        notes.list());
  }

  private void walk(SourceWalk walk) throws IOException, InterruptedException {
    Place into = Place.at(plan.into());
    Path drive = plan.drive();
    if (drive == null) {
      walk.walk(plan.sources(), into);
    } else {
      walk.walkInside(drive.toRealPath(), into);
    }
  }

  private List<Path> roots() {
    Path drive = plan.drive();
    return drive == null ? plan.sources() : List.of(drive);
  }

  private Progress progress(@Nullable TreeSize size) {
    var shown = surroundings.progress();
    if (size == null) {
      return shown;
    }
    return new Progress() {
      @Override
      public void advanced(long doneBytes, long totalBytes) {
        shown.advanced(doneBytes, size.total());
      }

      @Override
      public void finished() {
        shown.finished();
      }
    };
  }
}
