package uk.usbguard.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PlainText;

/** Prints a script that teaches bash and zsh the commands and options. */
@Command(name = "completion")
final class CompletionCommand extends BaseCommand {

  @Spec private CommandSpec spec;

  CompletionCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) {
    var root = spec.root().commandLine();
    String name = root.getCommandName();
    output.result(new PlainText("completion", name, AutoComplete.bash(name, root)));
  }
}
