package uk.usbguard.cli.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.NamedFile;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.PolicyProblem;
import uk.usbguard.core.policy.ProblemText;
import uk.usbguard.core.policy.Profile;

/** Reads policies: files, or by name those that come with the program. */
public final class PolicyFiles {

  private final Locale locale;

  public PolicyFiles(Locale locale) {
    this.locale = locale;
  }

  /** All of a file, or as much of it as shows that it is too large. */
  public static byte[] bytes(Path file) throws IOException, CommandException {
    try (InputStream in = NamedFile.open(file)) {
      return bytes(in);
    }
  }

  /** All of a stream, or as much of it as shows that it is too large. */
  public static byte[] bytes(InputStream in) throws IOException {
    return in.readNBytes(Policy.LARGEST_FILE + 1);
  }

  /** The profile of this name, or else the policy in this file. */
  public Policy load(String name, Path file) throws IOException, CommandException {
    Optional<Profile> profile = Profile.named(name);
    if (profile.isPresent()) {
      return profile.get().policy();
    }
    try {
      return Policy.parse(bytes(file));
    } catch (InvalidPolicyException e) {
      throw refused("policy-invalid", name, e);
    }
  }

  /** Says how many problems there are, and the first of them. */
  public CommandException refused(String id, String name, InvalidPolicyException e) {
    PolicyProblem first = e.problems().get(0);
    return new CommandException(
        ExitCode.DAMAGED,
        id,
        Printable.name(name),
        e.problems().size(),
        place(first) + sentence(first));
  }

  /** What is wrong, in words that a terminal shows as they are. */
  public String sentence(PolicyProblem problem) {
    return Printable.name(ProblemText.of(problem, locale));
  }

  private static String place(PolicyProblem problem) {
    return problem.line() == 0 ? "" : problem.line() + ":" + problem.column() + ": ";
  }
}
