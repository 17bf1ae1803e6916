package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.usbguard.cli.render.Output;

/** Groups the commands for key slots. */
@Command(name = "key")
final class KeyCommand extends BaseCommand {

  @Spec private CommandSpec spec;

  KeyCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) {
    throw new ParameterException(spec.commandLine(), bench.texts().get("say-which-command"));
  }
}
