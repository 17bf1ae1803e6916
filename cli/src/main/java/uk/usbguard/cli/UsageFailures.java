package uk.usbguard.cli;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;

/** Says what is wrong with a command line. */
final class UsageFailures {

  private static final String PREFIX = "Error: ";

  /** What the parser says of options of which only one can be given, behind their names. */
  private static final Pattern EXCLUSIVE = Pattern.compile(" are mutually exclusive.*");

  private static final Pattern WRONG_VALUE =
      Pattern.compile("'([^']*)' is not an? (int|long|boolean)\\b");

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
            : unknownCommand(unmatched, command, first);
      }
    }
    if (e instanceof MissingParameterException missing) {
      return texts.get(
          "usage.missing",
          missing.getMissing().stream().map(UsageFailures::label).collect(joining(", ")));
    }
    if (e instanceof MaxValuesExceededException || e instanceof OverwrittenOptionException) {
      return texts.get("usage.twice");
    }
    String said = ownWords(String.valueOf(e.getMessage()));
    return e instanceof MutuallyExclusiveArgsException
        ? texts.get("usage.exclusive", EXCLUSIVE.matcher(said).replaceFirst(""))
        : wrongValue(e, said);
  }

  /** "--slot takes a whole number, not x." */
  private String wrongValue(ParameterException e, String said) {
    ArgSpec argument = e.getArgSpec();
    Matcher wrong = WRONG_VALUE.matcher(said);
    if (argument == null || !wrong.find()) {
      return Printable.name(said.endsWith(".") ? said : said + ".");
    }
    String key = wrong.group(2).equals("boolean") ? "usage.takes-nothing" : "usage.takes-number";
    return texts.get(key, label(argument), Printable.name(wrong.group(1)));
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** The command that was probably meant. */
  private String unknownCommand(UnmatchedArgumentException e, CommandSpec command, String typed) {
    String sentence = texts.get("usage.no-command", command.qualifiedName(), Printable.name(typed));
    return e.getSuggestions().stream()
        .findFirst()
        .map(meant -> sentence + " " + texts.get("usage.meant", meant))
        .orElse(sentence);
  }
}
