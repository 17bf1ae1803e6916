package uk.usbguard.cli.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PolicyExplained;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.core.policy.Decision;
import uk.usbguard.core.policy.DecisionText;
import uk.usbguard.core.policy.Effect;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.FactsFile;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;

/** What a policy decides for given facts, or for a recorded event. */
@Command(name = "explain")
final class PolicyExplainCommand extends BaseCommand {

  @Parameters(paramLabel = "POLICY", descriptionKey = "policy-or-profile")
  private String policy = "";

  @ArgGroup private @Nullable Source source;

  /** Where the facts come from. */
  static final class Source {

    @Option(
        names = "--event",
        paramLabel = "FILE",
        descriptionKey = "policy-event",
        required = true)
    private @Nullable String event;

    @Option(
        names = "--facts",
        paramLabel = "KEY=VALUE",
        descriptionKey = "policy-facts",
        split = ",",
        required = true)
    private Map<String, String> facts = new LinkedHashMap<>();

    @ArgGroup(exclusive = false)
    private @Nullable DriveOptions drive;
  }

  @Mixin private final RegisterOptions register = new RegisterOptions();

  PolicyExplainCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    PolicyFiles files = new PolicyFiles(bench.texts().locale());
    Policy loaded = files.load(policy, bench.path(policy));
    Facts facts;
    try {
      facts = facts(bench.clock().instant());
    } catch (InvalidPolicyException e) {
      throw files.refused("facts-invalid", policy, e);
    }
    Decision decision = loaded.decide(facts);
    output.result(explained(loaded, decision));
    if (decision.effect() == Effect.BLOCK) {
      throw new CommandException(ExitCode.DENIED, "policy-blocks", decision.grounds().rule());
    }
  }

  private Facts facts(Instant now) throws Exception {
    if (source == null) {
      return FactsFile.of(Map.of(), now);
    }
    if (source.drive != null) {
      return source.drive.facts(bench, register);
    }
    if (source.event == null) {
      return FactsFile.of(source.facts, now);
    }
    return FactsFile.parse(
        source.event.equals("-")
            ? PolicyFiles.bytes(bench.terminal().in())
            : PolicyFiles.bytes(bench.path(source.event)),
        now);
  }

  private PolicyExplained explained(Policy by, Decision decision) {
    DecisionText text = DecisionText.of(decision, bench.texts().locale(), ZoneOffset.UTC);
    return new PolicyExplained(
        by.header().name(),
        by.header().version(),
        decision.effect().label(),
        decision.intended().label(),
        decision.grounds().rule(),
        decision.grounds().reason().label(),
        decision.grounds().alert(),
        text.what(),
        text.why(),
        text.remedy(),
        text.contact(),
        FactsFile.words(decision.facts()));
  }
}
