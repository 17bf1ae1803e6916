package uk.usbguard.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PolicyShown;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.policy.Profile;

/** Prints a policy that comes with the program, to be copied and edited. */
@Command(name = "show")
final class PolicyShowCommand extends BaseCommand {

  @Parameters(paramLabel = "PROFILE", descriptionKey = "policy-profile")
  private String profile = "";

  PolicyShowCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    Profile found = Profile.named(profile).orElseThrow(this::unknown);
    output.result(new PolicyShown(found.label(), new String(found.file(), StandardCharsets.UTF_8)));
  }

  private CommandException unknown() {
    String known =
        Arrays.stream(Profile.values()).map(Profile::label).collect(Collectors.joining(", "));
    return new CommandException(
        ExitCode.NOT_FOUND, "no-such-policy-profile", Printable.name(profile), known);
  }
}
