package uk.usbguard.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.cli.work.Recalling;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditDecision;
import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.policy.Decision;
import uk.usbguard.core.policy.Effect;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.FactsFile;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.Profile;
import uk.usbguard.core.policy.RecordedDecision;

/** What a policy decides for a drive or for given facts, or decided when the log recorded it. */
@Command(name = "explain")
final class PolicyExplainCommand extends BaseCommand {

  @Parameters(arity = "0..1", paramLabel = "POLICY", descriptionKey = "policy-or-profile")
  private @Nullable String policy;

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
    private List<String> facts = new ArrayList<>();

    @Option(
        names = "--entry",
        paramLabel = "NUMBER",
        descriptionKey = "policy-entry",
        required = true)
    private @Nullable Long entry;

    @Option(
        names = "--medium",
        paramLabel = "TARGET",
        descriptionKey = "explain-medium",
        required = true)
    private @Nullable String medium;
  }

  @Mixin private final DriveOptions drive = new DriveOptions();

  @Mixin private final RegisterOptions register = new RegisterOptions();
  @Mixin private final AuditOptions audit = new AuditOptions();

  PolicyExplainCommand(Workbench bench) {
    super(bench);
  }

  /** A drive that was looked at is recorded, and so is everything where a log is named. */
  @Override
  Optional<Audited> audited() {
    if (source != null && source.entry != null) {
      return Optional.of(Audited.reading(AuditAction.AUDIT_SHOW, audit));
    }
    if (source != null && source.medium != null) {
      return Optional.of(
          new Audited(
              AuditAction.POLICY_EXPLAIN, DriveOptions.subject(bench, source.medium), audit));
    }
    return audit.isGiven()
        ? Optional.of(
            new Audited(
                AuditAction.POLICY_EXPLAIN, AuditSubject.of(AuditSubject.Kind.POLICY), audit))
        : Optional.empty();
  }

  @Override
  void run(Output output) throws Exception {
    Optional<String> ofDrive = drive.given();
    if (ofDrive.isPresent() && (source == null || source.medium == null)) {
      throw new CommandException(ExitCode.USAGE, "goes-with-medium", ofDrive.get(), other());
    }
    Decision decision =
        source != null && source.entry != null ? recalled(source.entry, output) : decided(output);
    if (decision.effect() == Effect.BLOCK) {
      throw new CommandException(ExitCode.DENIED, "policy-blocks", decision.grounds().rule());
    }
  }

  /** What was given in place of a medium. */
  private String other() {
    if (source == null) {
      return "alone";
    }
    if (source.entry != null) {
      return "with --entry";
    }
    return source.event == null ? "with --facts" : "with --event";
  }

  private Decision recalled(long entry, Output output) throws Exception {
    if (policy != null) {
      throw new CommandException(ExitCode.USAGE, "entry-has-policy");
    }
    AuditReader reader =
        new AuditReader(audit.folder(bench), bench.random().get()).before(recordedFrom());
    Recalling.Recalled recalled = new Recalling(bench.texts()).recall(reader, entry);
    output.result(recalled.report());
    return recalled.decision();
  }

  private Decision decided(Output output) throws Exception {
    String named = policy;
    if (named == null) {
      throw new CommandException(ExitCode.USAGE, "no-policy-named");
    }
    PolicyFiles files = new PolicyFiles(bench.texts().locale());
    Policy loaded = files.load(named, bench.path(named));
    Decision decision;
    try {
      decision = decided(named, loaded, output);
    } catch (InvalidPolicyException e) {
      throw files.refused("facts-invalid", named, e);
    }
    PolicyReviewDue.say(loaded.header(), bench.clock(), output);
    RecordedDecision recorded = RecordedDecision.of(loaded, decision);
    isDecidedBy(
        new AuditDecision(
            recorded.policy(), recorded.effect(), recorded.rule(), recorded.detail()));
    output.result(
        PolicyExplained.of(
            loaded.header().name(), loaded.header().version(), decision, bench.texts()));
    return decision;
  }

  private Decision decided(String named, Policy loaded, Output output) throws Exception {
    if (source == null || source.medium == null) {
      return loaded.decide(facts(bench.clock().instant()));
    }
    DriveOptions.Seen seen = drive.look(bench, output, source.medium, register);
    isAbout(seen.subject());
    // A profile is everybody's and cannot know whom to call; the register does.
    boolean isProfile = Profile.named(named).isPresent();
    Policy asked =
        isProfile && !seen.serviceDesk().isEmpty() ? loaded.asking(seen.serviceDesk()) : loaded;
    return asked.decide(seen.facts());
  }

  /** One that is said twice is a mistake, as in a file: nobody can tell which was meant. */
  private static Map<String, String> words(List<String> facts) throws CommandException {
    Map<String, String> words = new LinkedHashMap<>();
    for (String fact : facts) {
      int equals = fact.indexOf('=');
      if (equals < 1) {
        throw new CommandException(ExitCode.USAGE, "no-fact", Printable.name(fact));
      }
      String key = fact.substring(0, equals);
      if (words.put(key, fact.substring(equals + 1)) != null) {
        throw new CommandException(ExitCode.USAGE, "fact-twice", Printable.name(key));
      }
    }
    return words;
  }

  private Facts facts(Instant now) throws Exception {
    if (source == null) {
      return FactsFile.of(Map.of(), now);
    }
    if (source.event == null) {
      return FactsFile.of(words(source.facts), now);
    }
    return FactsFile.parse(
        source.event.equals("-")
            ? PolicyFiles.bytes(bench.terminal().in())
            : PolicyFiles.bytes(bench.path(source.event)),
        now);
  }
}
