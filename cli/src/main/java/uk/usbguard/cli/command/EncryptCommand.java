package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;

/** Stores files and folders in a container, which is made if it is not there. */
@Command(name = "encrypt")
final class EncryptCommand extends BaseCommand {

  @Parameters(arity = "1..*", paramLabel = "SOURCE", descriptionKey = "source")
  private List<String> sources = new ArrayList<>();

  @Option(names = "--to", paramLabel = "CONTAINER", descriptionKey = "to-container")
  private @Nullable String to;

  @Option(names = "--remove-source", descriptionKey = "remove-source")
  private boolean removeSource;

  @Option(names = "--yes", descriptionKey = "yes-drive")
  private boolean yes;

  @Mixin private final CreationOptions creation = new CreationOptions();
  @Mixin private final RecoveryOptions recovery = new RecoveryOptions();
  @Mixin private final ImportOptions imports = new ImportOptions();
  @Mixin private final KeyOptions key = new KeyOptions();
  @Mixin private final AuditOptions audit = new AuditOptions();

  EncryptCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    AuditAction action = to == null ? AuditAction.DRIVE_ENCRYPT : AuditAction.CONTAINER_STORE;
    AuditSubject.Kind kind = to == null ? AuditSubject.Kind.MEDIUM : AuditSubject.Kind.CONTAINER;
    String name = bench.name(to == null ? sources.get(0) : to);
    return Optional.of(new Audited(action, AuditSubject.of(kind).withName(name), audit));
  }

  @Override
  void run(Output output) throws Exception {
    List<Path> paths = sources.stream().map(bench::path).toList();
    Encryption encryption = new Encryption(bench, output, creation, recovery, imports, key);
    encryption
        .plan(paths, to == null ? null : bench.path(to), removeSource, yes)
        .run(options.surroundings(bench, imports.isStrict()))
        .deliver(output);
  }
}
