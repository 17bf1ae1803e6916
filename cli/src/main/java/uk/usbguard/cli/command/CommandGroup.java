package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.usbguard.cli.render.Output;

/** Holds subcommands and does nothing itself. Its name is set where it is built. */
@Command
final class CommandGroup extends BaseCommand {

  @Spec private CommandSpec spec;

  CommandGroup(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) {
    throw new ParameterException(spec.commandLine(), bench.texts().get("say-which-command"));
  }
}
