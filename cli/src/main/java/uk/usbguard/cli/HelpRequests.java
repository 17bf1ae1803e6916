package uk.usbguard.cli;

import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PlainText;

/** Gives a script that asks for help or the version a document as it gets one for all else. */
final class HelpRequests implements IExecutionStrategy {

  private final Output output;

  HelpRequests(Output output) {
    this.output = output;
  }

  @Override
  public int execute(ParseResult parsed) throws ExecutionException {
    if (output.isJson()) {
      for (ParseResult at = parsed; at != null; at = at.subcommand()) {
        CommandSpec command = at.commandSpec();
        if (at.isVersionHelpRequested()) {
          String[] version = command.version();
          output.result(new PlainText("version", command.name(), String.join("\n", version)));
          return 0;
        }
        if (at.isUsageHelpRequested()) {
          String usage = command.commandLine().getUsageMessage(Ansi.OFF);
          output.result(new PlainText("help", command.qualifiedName(), usage));
          return 0;
        }
      }
    }
    return new RunLast().execute(parsed);
  }
}
