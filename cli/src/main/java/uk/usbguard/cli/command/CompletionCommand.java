package uk.usbguard.cli.command;

import static java.util.stream.Collectors.joining;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.PlainText;

/** Prints a script that teaches bash and zsh the commands and options. */
@Command(name = "completion")
final class CompletionCommand extends BaseCommand {

  private static final String ADVICE =
      """
      #!/usr/bin/env bash
      # usbguard for bash and zsh. For this shell: source <(usbguard completion)
      # For every shell: usbguard completion > /etc/bash_completion.d/usbguard
      """;

  @Spec private CommandSpec spec;

  CompletionCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) {
    var root = spec.root().commandLine();
    String name = root.getCommandName();
    output.result(new PlainText("completion", name, script(AutoComplete.bash(name, root))));
  }

  /** The generator's own advice on where to put it is about another way of packing a program. */
  private static String script(String generated) {
    return ADVICE
        + generated
            .lines()
            .dropWhile(line -> line.startsWith("#"))
            .collect(joining("\n", "", "\n"));
  }
}
