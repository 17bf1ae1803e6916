package uk.usbguard.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PolicyBaseline;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.PolicyFiles;
import uk.usbguard.core.policy.Baseline;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.platform.SysfsDevices;

/** Prints a first policy, made of what is plugged in. */
@Command(name = "baseline")
final class PolicyBaselineCommand extends BaseCommand {

  @Option(
      names = "--contact",
      paramLabel = "WORDS",
      descriptionKey = "baseline-contact",
      required = true)
  private String contact = "";

  @Option(names = "--organisation", paramLabel = "NAME", descriptionKey = "baseline-organisation")
  private String organisation = "";

  @Option(names = "--sysfs", paramLabel = "DIR", descriptionKey = "baseline-sysfs")
  private @Nullable String sysfs;

  PolicyBaselineCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    Path place = sysfs == null ? SysfsDevices.PLACE : bench.path(sysfs);
    if (!Files.isDirectory(place)) {
      throw sysfs == null
          ? new CommandException(ExitCode.UNAVAILABLE, "no-sysfs")
          : new CommandException(ExitCode.NOT_FOUND, "no-such-sysfs", Printable.name(sysfs));
    }
    Baseline baseline = new Baseline(new SysfsDevices(place).list());
    try {
      output.result(
          new PolicyBaseline(
              baseline.yaml(organisation, contact),
              baseline.letThrough(),
              baseline.untouched(),
              baseline.leftOut()));
    } catch (InvalidPolicyException e) {
      throw new PolicyFiles(bench.texts().locale()).refused("policy-invalid", "baseline", e);
    }
    if (baseline.leftOut() > 0) {
      output.warning("baseline-left-out", baseline.leftOut());
    }
  }
}
