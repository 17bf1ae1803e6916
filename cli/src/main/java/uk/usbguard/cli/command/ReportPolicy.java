package uk.usbguard.cli.command;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.state.PolicyShelf;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.cli.work.PolicySigning;
import uk.usbguard.core.evidence.PolicyFacts;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.PolicyReview;
import uk.usbguard.core.policy.SignedPolicy;

/** Which policy a report speaks of: a file, or the one in force on this PC. */
final class ReportPolicy {

  @Option(names = "--policy", paramLabel = "FILE", descriptionKey = "report-policy")
  private @Nullable String file;

  @Option(names = "--public-key", paramLabel = "KEY", descriptionKey = "report-policy-key")
  private @Nullable String publicKey;

  /** What it says of itself; empty if no policy is in force and none is named. */
  Optional<PolicyFacts> facts(Workbench bench, Output output) throws IOException, CommandException {
    String named = file;
    if (named != null) {
      byte[] content = PolicyFiles.bytes(bench.path(named));
      String signedBy =
          publicKey == null
              ? ""
              : PolicySigning.check(bench.path(named), content, bench.path(publicKey));
      return Optional.of(facts(bench, output, new Read("file", named, content, signedBy)));
    }
    Optional<SignedPolicy> kept = new PolicyShelf(bench.state(), PolicySigning::kept).read();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    String name = bench.texts().get("policy-in-force");
    byte[] content = kept.get().file();
    String signedBy = "";
    if (publicKey != null) {
      signedBy = PolicySigning.check(name, content, kept.get().signature(), bench.path(publicKey));
    }
    return Optional.of(facts(bench, output, new Read("in-force", name, content, signedBy)));
  }

  /** A policy as it was read, and the key that it was checked with. */
  private static final class Read {
    private final String source;
    private final String name;
    private final byte[] content;
    private final String signedBy;

    Read(String source, String name, byte[] content, String signedBy) {
      this.source = source;
      this.name = name;
      this.content = content;
      this.signedBy = signedBy;
    }
  }

  private static PolicyFacts facts(Workbench bench, Output output, Read read)
      throws CommandException {
    Policy.Header header;
    try {
      header = Policy.parse(read.content).header();
    } catch (InvalidPolicyException e) {
      throw new PolicyFiles(bench.texts().locale()).refused("policy-invalid", read.name, e);
    }
    PolicyReviewDue.say(header, bench.clock(), output);
    PolicyReview review = header.review();
    return new PolicyFacts(
        read.source,
        read.signedBy,
        header.name(),
        header.version(),
        header.organisation(),
        header.audits() ? "audits" : "enforces",
        review == null ? null : review.last(),
        review == null ? "" : review.by(),
        review == null ? null : review.due(),
        review == null ? "not-said" : review.on(LocalDate.now(bench.clock())).label());
  }
}
