package uk.usbguard.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * All commands. Only the one that was called is built, because reading the annotations of all costs
 * more than most commands do; of the others the help needs a name and a sentence.
 */
public final class CommandTree {

  private static final List<String> GENERATE = List.of("passphrase", "generate");

  private static final Pattern HELP = Pattern.compile("--help|help|-[A-Za-z]*h");

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
    add("repair", RepairCommand::new);
    commands.put("passphrase", this::passphrase);
    commands.put("key", this::key);
    commands.put("audit", this::audit);
    add("recover", RecoverCommand::new);
    add("compact", CompactCommand::new);
    commands.put("device", () -> new RegisterTree(bench).device());
    commands.put("org", () -> new RegisterTree(bench).org());
    commands.put("policy", this::policy);
    commands.put("report", () -> new RegisterTree(bench).report());
    add("scan", ScanCommand::new);
    add("completion", CompletionCommand::new);
    add("help", HelpCommand::new);
  }

  /** The root with what the arguments need: one command, the names of all, or all. */
  public CommandLine build(Object root, String... args) {
    CommandLine commandLine = new CommandLine(root);
    List<String> words = Arrays.stream(args).filter(arg -> !arg.startsWith("-")).toList();
    String first = words.isEmpty() ? "" : words.get(0);
    if (words.size() > 1 && words.subList(0, 2).equals(GENERATE)) {
      return commandLine.addSubcommand(first, generate());
    }
    if (first.equals("completion")) {
      return all(commandLine);
    }
    boolean tells = mayTell(args);
    commands.keySet().forEach(name -> commandLine.addSubcommand(name, nameOnly(name, tells)));
    words.stream().limit(2).forEach(name -> replace(commandLine, name));
    return commandLine;
  }

  /**
   * True if the help texts can be wanted, which take their time to be made ready: somebody asks for
   * help, or does not say a command that there is.
   */
  public boolean mayTell(String... args) {
    return args.length == 0
        || !commands.containsKey(args[0])
        || args[0].equals("completion")
        || Arrays.stream(args).anyMatch(HELP.asMatchPredicate());
  }

  /** The root with everything. */
  public CommandLine all(CommandLine root) {
    commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
    return root;
  }

  // For "help NAME" too, which is why the second word counts.
  private void replace(CommandLine root, String name) {
    Supplier<CommandLine> command = commands.get(name);
    if (command != null) {
      root.getCommandSpec().removeSubcommand(name);
      root.addSubcommand(name, command.get());
    }
  }

  private CommandSpec nameOnly(String name, boolean described) {
    CommandSpec command = CommandSpec.create().name(name);
    if (described) {
      String description = bench.texts().get("usbguard." + name + ".usage.description.0");
      command.usageMessage(new UsageMessageSpec().description(description));
    }
    return command;
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

  private CommandLine audit() {
    return new CommandLine(new CommandGroup(bench))
        .setCommandName("audit")
        .addSubcommand("begin", new AuditBeginCommand(bench))
        .addSubcommand("show", new AuditShowCommand(bench))
        .addSubcommand("verify", new AuditVerifyCommand(bench))
        .addSubcommand("export", new AuditExportCommand(bench));
  }

  private CommandLine key() {
    return new CommandLine(new CommandGroup(bench))
        .setCommandName("key")
        .addSubcommand("list", new KeyListCommand(bench))
        .addSubcommand("add", new KeyAddCommand(bench))
        .addSubcommand("remove", new KeyRemoveCommand(bench));
  }

  private CommandLine policy() {
    return new CommandLine(new CommandGroup(bench))
        .setCommandName("policy")
        .addSubcommand("check", new PolicyCheckCommand(bench))
        .addSubcommand("show", new PolicyShowCommand(bench))
        .addSubcommand("explain", new PolicyExplainCommand(bench))
        .addSubcommand("sign", new PolicySignCommand(bench))
        .addSubcommand("use", new PolicyUseCommand(bench))
        .addSubcommand("baseline", new PolicyBaselineCommand(bench));
  }
}
