package uk.usbguard.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;

/** Says what is wrong with a command line. */
final class UsageFailures {

  private static final String PREFIX = "Error: ";

  private final Texts texts;

  UsageFailures(Texts texts) {
    this.texts = texts;
  }

  Failure describe(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String name = command.qualifiedName();
    return new Failure(
        ExitCode.USAGE, "usage", message(e, command), texts.get("error.usage.hint", name));
  }

  /** Without the word that some of the parser's sentences begin with: ours begin with the name. */
  private static String ownWords(String sentence) {
    return sentence.startsWith(PREFIX) ? sentence.substring(PREFIX.length()) : sentence;
  }

  private String message(ParameterException e, CommandSpec command) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> words = unmatched.getUnmatched();
      String first = words.isEmpty() ? "" : words.get(0);
      if (!first.startsWith("-")) {
        return command.subcommands().isEmpty()
            ? texts.get("usage.too-many", Printable.name(first))
            : texts.get("usage.no-command", command.qualifiedName(), Printable.name(first));
      }
    }
    return Printable.name(ownWords(String.valueOf(e.getMessage())));
  }
}
