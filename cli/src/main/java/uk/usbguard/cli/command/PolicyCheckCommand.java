package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PolicyChecked;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.cli.work.PolicySigning;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.PolicyReview;

/** Everything that is wrong with a policy file, with line and column. */
@Command(name = "check")
final class PolicyCheckCommand extends BaseCommand {

  /** One mistake made everywhere should not bury the others, or the terminal. */
  private static final int MOST_SHOWN = 100;

  @Parameters(paramLabel = "FILE", descriptionKey = "policy-file")
  private String file = "";

  @Option(names = "--public-key", paramLabel = "KEY", descriptionKey = "policy-public-key")
  private @Nullable Path publicKey;

  PolicyCheckCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    Path path = bench.path(file);
    byte[] bytes = PolicyFiles.bytes(path);
    String signedBy =
        publicKey == null
            ? null
            : PolicySigning.check(path, bytes, bench.folder().resolve(publicKey));
    try {
      Policy policy = Policy.parse(bytes);
      Policy.Header header = policy.header();
      output.result(
          new PolicyChecked(
              file,
              true,
              header.name(),
              header.version(),
              policy.size(),
              reviewDue(header.review()),
              signedBy,
              List.of(),
              0));
      if (policy.unchecked() > 0) {
        output.warning("policy-not-checked", Printable.name(file), policy.unchecked());
      }
      PolicyReviewDue.say(header, bench.clock(), output);
    } catch (InvalidPolicyException e) {
      int count = e.problems().size();
      PolicyFiles files = new PolicyFiles(bench.texts().locale());
      List<PolicyChecked.Problem> problems =
          e.problems().stream()
              .limit(MOST_SHOWN)
              .map(
                  one ->
                      new PolicyChecked.Problem(
                          one.line(), one.column(), one.kind().label(), files.sentence(one)))
              .toList();
      output.result(new PolicyChecked(file, false, null, 0, 0, null, signedBy, problems, count));
      throw new CommandException(ExitCode.DAMAGED, "policy-unsound", Printable.name(file), count);
    }
  }

  private static @Nullable String reviewDue(@Nullable PolicyReview review) {
    return review == null ? null : review.due().toString();
  }
}
