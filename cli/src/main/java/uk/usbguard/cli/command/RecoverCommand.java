package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;

/** Opens a container with its recovery key and sets a new passphrase. */
@Command(name = "recover")
final class RecoverCommand extends BaseCommand {

  @Parameters(index = "0", paramLabel = "CONTAINER", descriptionKey = "container")
  private String container = "";

  @ArgGroup(exclusive = true)
  private @Nullable Source source;

  @Option(names = "--slot", paramLabel = "N", descriptionKey = "recover-slot")
  private int slot = -1;

  @Mixin private final NewPassphraseOptions fresh = new NewPassphraseOptions();
  @Mixin private final AuditOptions audit = new AuditOptions();

  /** Where the recovery key comes from. */
  static final class Source {
    @Option(names = "--recovery-key-stdin", descriptionKey = "recovery-key-stdin", required = true)
    @SuppressWarnings("unused") // that the group is there and has no file says it
    private boolean stdin;

    @Option(
        names = "--recovery-key-file",
        paramLabel = "FILE",
        descriptionKey = "recovery-key-file",
        required = true)
    private @Nullable Path file;
  }

  RecoverCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    AuditSubject subject = AuditSubject.of(AuditSubject.Kind.CONTAINER);
    return Optional.of(
        new Audited(AuditAction.KEY_RECOVER, subject.withName(bench.name(container)), audit));
  }

  @Override
  void run(Output output) throws Exception {
    bench.interruption().working();
    output.result(
        new Recovering(bench, output, bench.path(container), container)
            .run(keySource(), fresh.source(), slot));
  }

  private SecretSource keySource() {
    if (source == null) {
      return new SecretSource.Prompt(SecretSource.Wanted.RECOVERY_KEY);
    }
    return source.file == null ? new SecretSource.Stdin() : new SecretSource.InFile(source.file);
  }
}
