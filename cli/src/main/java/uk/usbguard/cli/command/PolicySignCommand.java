package uk.usbguard.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PolicySigned;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.cli.work.PolicySigning;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.Signer;
import uk.usbguard.core.signing.SigningException;
import uk.usbguard.core.signing.SigningPurpose;
import uk.usbguard.core.signing.StoredKey;

/** Signs a policy that is sound; the signature goes into a file beside it. */
@Command(name = "sign")
final class PolicySignCommand extends BaseCommand {

  @Parameters(paramLabel = "FILE", descriptionKey = "policy-file")
  private String file = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      descriptionKey = "policy-signing-key",
      required = true)
  private String key = "";

  @ArgGroup private @Nullable Source source;

  /** The choices. */
  static final class Source {

    @Option(names = "--passphrase-stdin", descriptionKey = "passphrase-stdin", required = true)
    @SuppressWarnings("unused") // no file means this
    private boolean stdin;

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        descriptionKey = "passphrase-file",
        required = true)
    private @Nullable Path file;
  }

  @Mixin private final AuditOptions audit = new AuditOptions();

  PolicySignCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    return Optional.of(new Audited(AuditAction.POLICY_SIGN, subject(), audit));
  }

  private AuditSubject subject() {
    return AuditSubject.of(AuditSubject.Kind.POLICY).withName(bench.name(file));
  }

  @Override
  void run(Output output) throws Exception {
    Path path = bench.path(file);
    byte[] bytes = PolicyFiles.bytes(path);
    Policy policy = parsed(bytes);
    isAbout(subject().withId(String.valueOf(policy.header().version())));
    Path signature = PolicySigning.beside(path);
    try (StoredKey stored = new KeyFiles(bench.random().get()).read(bench.path(key));
        Signer signer = open(stored)) {
      Files.write(
          signature,
          signer.sign(SigningPurpose.POLICY, bytes).file(),
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      output.result(
          new PolicySigned(
              file,
              String.valueOf(signature.getFileName()),
              policy.header().version(),
              signer.verifier().fingerprint()));
    } catch (SigningException e) {
      throw PolicySigning.refused(e);
    }
  }

  private Policy parsed(byte[] bytes) throws Exception {
    try {
      return Policy.parse(bytes);
    } catch (InvalidPolicyException e) {
      throw new PolicyFiles(bench.texts().locale()).refused("policy-invalid", file, e);
    }
  }

  private Signer open(StoredKey stored) throws Exception {
    if (!stored.isSealed()) {
      return stored.open();
    }
    try (Passphrase passphrase = secrets().passphrase(secret(), key)) {
      return stored.open(passphrase);
    }
  }

  private SecretSource secret() {
    if (source == null) {
      return new SecretSource.Prompt(SecretSource.Wanted.PASSPHRASE);
    }
    return source.file == null ? new SecretSource.Stdin() : new SecretSource.InFile(source.file);
  }
}
