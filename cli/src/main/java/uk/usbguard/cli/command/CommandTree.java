package uk.usbguard.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * All commands. Only the one that was called is built, because reading the annotations of all costs
 * more than most commands do; help, completion and a name that nobody knows need all.
 */
public final class CommandTree {

  private static final List<String> GENERATE = List.of("passphrase", "generate");

  private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
  private final Workbench bench;

  public CommandTree(Workbench bench) {
    this.bench = bench;
    add("encrypt", EncryptCommand::new);
    add("decrypt", DecryptCommand::new);
    add("ls", LsCommand::new);
    add("cat", CatCommand::new);
    add("put", PutCommand::new);
    add("get", GetCommand::new);
    add("rm", RmCommand::new);
    add("mv", MvCommand::new);
    add("mkdir", MkdirCommand::new);
    add("info", InfoCommand::new);
    add("verify", VerifyCommand::new);
    commands.put("passphrase", this::passphrase);
    commands.put("key", this::key);
    add("recover", RecoverCommand::new);
    add("compact", CompactCommand::new);
    add("completion", CompletionCommand::new);
    add("help", HelpCommand::new);
  }

  /** The root with the command that the arguments begin with, or with all. */
  public CommandLine build(Object root, String... args) {
    CommandLine commandLine = new CommandLine(root);
    String first = first(args);
    if (Arrays.asList(args).subList(0, Math.min(2, args.length)).equals(GENERATE)) {
      return commandLine.addSubcommand(first, generate());
    }
    if (first != null && !first.equals("help") && !first.equals("completion")) {
      Supplier<CommandLine> only = commands.get(first);
      if (only != null) {
        return commandLine.addSubcommand(first, only.get());
      }
    }
    commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    return commandLine;
  }

  private void add(String name, Function<Workbench, Object> command) {
    commands.put(name, () -> new CommandLine(command.apply(bench)));
  }

  private CommandLine passphrase() {
    return new CommandLine(new PassphraseCommand(bench))
        .addSubcommand("generate", new PassphraseGenerateCommand(bench));
  }

  // Called with its subcommand, the command itself must not ask for a container.
  private CommandLine generate() {
    return new CommandLine(new CommandGroup(bench))
        .setCommandName("passphrase")
        .addSubcommand("generate", new PassphraseGenerateCommand(bench));
  }

  private CommandLine key() {
    return new CommandLine(new CommandGroup(bench))
        .setCommandName("key")
        .addSubcommand("list", new KeyListCommand(bench))
        .addSubcommand("add", new KeyAddCommand(bench))
        .addSubcommand("remove", new KeyRemoveCommand(bench));
  }

  private static @Nullable String first(String... args) {
    for (String arg : args) {
      if (!arg.startsWith("-")) {
        return arg;
      }
    }
    return null;
  }
}
