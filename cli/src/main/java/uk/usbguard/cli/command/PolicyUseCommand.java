package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PolicyInForce;
import uk.usbguard.cli.state.PolicyShelf;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.cli.work.PolicySigning;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.file.FileLease;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.PolicyLoader;
import uk.usbguard.core.policy.PolicyLoader.InForce;
import uk.usbguard.core.policy.PolicyLoader.Refusal;
import uk.usbguard.core.policy.SignedPolicy;

/** Puts a signed policy in force on this PC, or says why the last good one stays: GOV-03. */
@Command(name = "use")
final class PolicyUseCommand extends BaseCommand {

  @Parameters(paramLabel = "FILE", descriptionKey = "policy-file")
  private String file = "";

  @Option(
      names = "--public-key",
      paramLabel = "KEY",
      descriptionKey = "policy-public-key",
      required = true)
  private String publicKey = "";

  @Option(
      names = "--organisation",
      paramLabel = "NAME",
      descriptionKey = "policy-organisation",
      required = true)
  private String organisation = "";

  @Option(names = "--new-key", descriptionKey = "policy-new-key")
  private boolean newKey;

  @Mixin private final AuditOptions audit = new AuditOptions();

  PolicyUseCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    return Optional.of(new Audited(AuditAction.POLICY_LOAD, subject(), audit));
  }

  private AuditSubject subject() {
    return AuditSubject.of(AuditSubject.Kind.POLICY).withName(bench.name(file));
  }

  @Override
  void run(Output output) throws Exception {
    InForce now = load();
    Policy.Header header = now.policy().header();
    String refusal = now.refusal().map(PolicyUseCommand::label).orElse(null);
    isAbout(subject().withId(String.valueOf(header.version())));
    output.result(
        new PolicyInForce(file, refusal == null, refusal, header.name(), header.version()));
    PolicyReviewDue.say(header, bench.clock(), output);
    if (refusal != null) {
      throw new CommandException(
          ExitCode.DENIED, "policy-refused-" + refusal, Printable.name(file), organisation);
    }
  }

  /** One program at a time: else the older one of two could be kept last. */
  private InForce load() throws IOException, CommandException {
    PolicyShelf shelf = new PolicyShelf(bench.state(), PolicySigning::kept);
    PolicyLoader loader =
        new PolicyLoader(PolicySigning.checkedWith(bench.path(publicKey)), shelf, organisation, "");
    Optional<SignedPolicy> offered = offered(bench.path(file));
    FileLease lease =
        shelf.lease().orElseThrow(() -> new CommandException(ExitCode.BUSY, "policy-busy"));
    try {
      return (newKey ? loader.acceptingNewKey() : loader).load(offered);
    } finally {
      lease.close();
    }
  }

  /** The policy with the signature beside it; an empty one if that is missing. */
  private static Optional<SignedPolicy> offered(Path path) throws IOException, CommandException {
    try {
      byte[] content = PolicyFiles.bytes(path);
      Path signature = PolicySigning.beside(path);
      byte[] signed = Files.exists(signature) ? PolicyFiles.bytes(signature) : new byte[0];
      return Optional.of(new SignedPolicy(content, signed));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String label(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
