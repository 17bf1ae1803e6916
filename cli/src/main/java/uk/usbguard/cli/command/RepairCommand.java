package uk.usbguard.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Repairing;
import uk.usbguard.cli.work.Surroundings;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.check.Repair;
import uk.usbguard.core.check.Salvage;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.ProgressListener;

/** Puts right what can be, in place or from pieces into a new container, and says what cannot. */
@Command(name = "repair")
final class RepairCommand extends BaseCommand {

  @Parameters(index = "0", arity = "0..1", paramLabel = "CONTAINER", descriptionKey = "container")
  private @Nullable String container;

  @Option(names = "--dry-run", descriptionKey = "repair-dry-run")
  private boolean dryRun;

  @Option(names = "--from", arity = "1..*", paramLabel = "PIECE", descriptionKey = "repair-from")
  private List<String> from = new ArrayList<>();

  @Option(names = "--to", paramLabel = "NEW", descriptionKey = "repair-to")
  private @Nullable String to;

  @Mixin private final KeyOptions key = new KeyOptions();
  @Mixin private final AuditOptions audit = new AuditOptions();

  RepairCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    AuditSubject subject = AuditSubject.of(AuditSubject.Kind.CONTAINER);
    String named = container == null ? to : container;
    return Optional.of(
        new Audited(
            AuditAction.CONTAINER_REPAIR,
            named == null ? subject : subject.withName(bench.name(named)),
            audit));
  }

  @Override
  void run(Output output) throws Exception {
    String fresh = to;
    List<Path> pieces = pieces();
    if (pieces.isEmpty() || misused()) {
      throw new CommandException(ExitCode.USAGE, "repair-what");
    }
    String named = container == null ? from.get(0) : container;
    Surroundings surroundings = options.surroundings(bench, false);
    ProgressListener progress = surroundings.stoppable();
    Repairing repairing = new Repairing(surroundings);
    ContainerAccess access = new ContainerAccess(bench, output, pieces.get(0), named);
    access.with(
        key,
        credential -> {
          if (fresh == null) {
            repairing.repair(inPlace(credential, progress), named, dryRun).deliver(output);
          } else {
            repairing.salvage(salvage(pieces, fresh, credential, progress), fresh).deliver(output);
          }
        });
  }

  /** Pieces need a place to go to, and a trial has none. */
  private boolean misused() {
    return (to == null && !from.isEmpty()) || (to != null && dryRun);
  }

  private Repair inPlace(Credential credential, ProgressListener progress) {
    return new Repair(pieces().get(0), credential, bench.environment(), progress);
  }

  private Salvage salvage(
      List<Path> pieces, String fresh, Credential credential, ProgressListener progress) {
    return new Salvage(pieces, bench.path(fresh), credential, bench.environment(), progress);
  }

  /** The container with its continuations, and whatever else was named. */
  private List<Path> pieces() {
    List<Path> pieces = new ArrayList<>();
    String first = container;
    if (first != null) {
      pieces.add(bench.path(first));
      for (int number = 1; number < 1000; number++) {
        Path next = bench.path(first + String.format(Locale.ROOT, ".%03d", number));
        if (Files.exists(next)) {
          pieces.add(next);
        }
      }
    }
    from.forEach(piece -> pieces.add(bench.path(piece)));
    return pieces;
  }
}
