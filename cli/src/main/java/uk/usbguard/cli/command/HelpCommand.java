package uk.usbguard.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PlainText;
import uk.usbguard.cli.text.Printable;

/** Shows the manual page of a command, or the list of commands. */
@Command(name = "help")
final class HelpCommand extends BaseCommand {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", descriptionKey = "help-command")
  private List<String> names = new ArrayList<>();

  HelpCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    CommandLine wanted = spec.root().commandLine();
    for (String name : names) {
      CommandLine next = wanted.getSubcommands().get(name);
      if (next == null) {
        throw new CommandException(ExitCode.USAGE, "no-such-command", Printable.name(name));
      }
      wanted = next;
    }
    String text = wanted.getUsageMessage(output.isJson() ? Ansi.OFF : Ansi.AUTO);
    output.result(new PlainText("help", wanted.getCommandSpec().qualifiedName(), text));
  }
}
