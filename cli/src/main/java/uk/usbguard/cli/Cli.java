package uk.usbguard.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import uk.usbguard.cli.command.CommandTree;
import uk.usbguard.cli.command.Workbench;
import uk.usbguard.cli.failure.CrashCode;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.failure.FailureDescriber;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.cli.text.Printable;

/** Runs one command line and says what went wrong, always in the same form. */
public final class Cli {

  /** Commands that take facts, of which some may be none. */
  private static final Set<String> FACTS = Set.of("device", "org", "policy", "report");

  /** Their options that say where something is. */
  private static final Set<String> PLACES =
      Set.of("--register", "--audit", "--from", "--to", "--medium", "--signing-key");

  private final Workbench bench;
  private final StateFolder state;
  private final FailureDescriber describer;

  public Cli(Workbench bench, StateFolder state) {
    this.bench = bench;
    this.state = state;
    this.describer = new FailureDescriber(bench.texts());
  }

  /** Returns the exit code. Everything is flushed. */
  public int run(String... args) {
    Output output =
        Arrays.asList(args).contains("--json")
            ? Output.json(bench.terminal(), bench.texts())
            : Output.text(bench.terminal(), bench.texts(), false);
    bench.interruption().atPrompt(() -> interruptedAtPrompt(output));
    OptionalInt empty = emptyWord(args);
    if (empty.isPresent()) {
      int at = empty.getAsInt();
      String before = at == 0 ? "usbguard" : args[at - 1];
      output.failure(
          describer.sentence(ExitCode.USAGE, "empty-word", at + 1, Printable.name(before)));
      bench.terminal().err().flush();
      return ExitCode.USAGE.number();
    }
    int code =
        build(args)
            .setExecutionStrategy(new HelpRequests(output))
            .setParameterExceptionHandler((e, given) -> usage(e, output))
            .setExecutionExceptionHandler((e, command, parsed) -> failed(e, parsed, output))
            .execute(args);
    Optional<IOException> unsaid = bench.terminal().outFailure();
    if (unsaid.isPresent() && code == ExitCode.OK.number()) {
      code = unsaid(unsaid.get(), output);
    }
    bench.terminal().err().flush();
    return code;
  }

  private void interruptedAtPrompt(Output output) {
    bench.terminal().err().println(); // the prompt's line is not at its end
    output.failure(describer.sentence(ExitCode.INTERRUPTED, "interrupted-at-prompt"));
    bench.terminal().err().flush();
  }

  /**
   * Where a script put a variable that is not set: an empty path would be the folder that one
   * happens to be in, and be emptied into a container. Of a fact it says that there is none.
   */
  private static OptionalInt emptyWord(String... args) {
    boolean mayBeNone = args.length > 0 && FACTS.contains(args[0]);
    return IntStream.range(0, args.length)
        .filter(i -> args[i].isEmpty() || args[i].matches("--[a-z-]+="))
        .filter(i -> !mayBeNone || (i > 0 && PLACES.contains(args[i - 1])))
        .findFirst();
  }

  /** All commands, for the manual pages. */
  CommandLine all() {
    return telling(prepare(new CommandTree(bench).all(new CommandLine(new UsbguardCommand()))));
  }

  private CommandLine build(String... args) {
    CommandTree tree = new CommandTree(bench);
    CommandLine commandLine = prepare(tree.build(new UsbguardCommand(), args));
    return tree.mayTell(args) ? telling(commandLine) : commandLine;
  }

  private CommandLine prepare(CommandLine commandLine) {
    return commandLine
        .setExpandAtFiles(false)
        .setOut(bench.terminal().out())
        .setErr(bench.terminal().err());
  }

  private CommandLine telling(CommandLine commandLine) {
    return commandLine.setResourceBundle(bench.texts().bundle());
  }

  private int usage(ParameterException e, Output output) {
    output.failure(new UsageFailures(bench.texts()).describe(e));
    return ExitCode.USAGE.number();
  }

  /** A result that nobody got is no success. */
  private int unsaid(IOException reason, Output output) {
    if (!isBrokenPipe(reason)) {
      output.failure(
          describer.sentence(
              ExitCode.IO, "output-not-written", String.valueOf(reason.getMessage())));
    }
    return ExitCode.IO.number();
  }

  /** The reader, such as head, has had enough: nobody listens. */
  private static boolean isBrokenPipe(Throwable thrown) {
    return thrown instanceof IOException
        && String.valueOf(thrown.getMessage()).contains("Broken pipe");
  }

  private int failed(Exception thrown, ParseResult parsed, Output output) {
    Throwable wrapped = thrown instanceof ExecutionException ? thrown.getCause() : null;
    Throwable cause = wrapped == null ? thrown : wrapped;
    if (cause instanceof ParameterException e) {
      return usage(e, output);
    }
    if (isBrokenPipe(cause)) {
      return ExitCode.IO.number();
    }
    Optional<Failure> known = describer.describe(cause, container(parsed));
    Failure failure = known.orElseGet(() -> bug(cause));
    output.failure(failure);
    return failure.code().number();
  }

  private Failure bug(Throwable thrown) {
    String code = CrashCode.of(thrown);
    try {
      state.append(bench.clock().instant(), code, CrashCode.trace(thrown));
      return describer.sentence(ExitCode.BUG, "bug", code, state.log());
    } catch (IOException e) {
      return describer.sentence(ExitCode.BUG, "bug-without-log", code);
    }
  }

  /** What the person called the container. */
  private static String container(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.subcommand() != null) {
      last = last.subcommand();
    }
    if (last.matchedOptionValue("--from", null) instanceof List<?> pieces && !pieces.isEmpty()) {
      return String.valueOf(pieces.get(0)); // what --to names is not there yet
    }
    Object to = last.matchedOptionValue("--to", null);
    for (PositionalParamSpec given : last.matchedPositionals()) {
      if (given.paramLabel().equals("CONTAINER")) {
        return String.valueOf(given.<Object>getValue());
      }
    }
    return to == null ? "the container" : to.toString();
  }
}
