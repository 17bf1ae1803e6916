package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import uk.usbguard.cli.command.Workbench;
import uk.usbguard.cli.console.Interruption;
import uk.usbguard.cli.console.ScriptedTerminal;
import uk.usbguard.cli.state.FileGenerationMemory;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.PassphraseCost;

/**
 * Runs command lines in this process, in a folder of their own, with the cheapest key derivation.
 */
public final class Desk {

  /** What users run too: the system's ciphers where it has them. */
  private static final Algorithms ALGORITHMS = new Algorithms(System.getProperty("os.name", ""));

  /** Passes the rules. */
  public static final String PHRASE = "violet-harbour-quilt-meadow-onion";

  public static final String OTHER = "gravel-lantern-otter-biscuit-plume";

  private static final PassphraseCost CHEAPEST = new PassphraseCost(19_456, 2, 1);

  public final Path folder;
  public final StateFolder state;
  private Clock clock = Clock.systemUTC();
  private Interruption interruption = new Interruption();
  private String osName = System.getProperty("os.name");

  public Desk(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.state = new StateFolder(this.folder.resolve(".state"));
  }

  /** How a command ended and what it said. */
  public record Result(int code, String out, String err, byte[] bytes) {}

  /** It failed in the promised form: this exit code, and two lines without a stack trace. */
  static void saysTwoLines(Result result, int code) {
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.err().lines()).hasSize(2);
    assertThat(result.err()).startsWith("usbguard: ").doesNotContain("Exception", "\tat ");
  }

  /** These words and more. */
  static String[] and(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  public Desk at(Clock other) {
    clock = other;
    return this;
  }

  public Desk on(String os) {
    osName = os;
    return this;
  }

  public Desk interruptedBy(Interruption other) {
    interruption = other;
    return this;
  }

  /** A script without input. */
  public Result run(String... args) {
    return with(ScriptedTerminal.piped(""), args);
  }

  /** A script that gives these lines. */
  public Result pipe(String in, String... args) {
    return with(ScriptedTerminal.piped(in), args);
  }

  /** With the passphrase on standard input. */
  public Result unlocked(String... args) {
    String[] more = Arrays.copyOf(args, args.length + 1);
    more[args.length] = "--passphrase-stdin";
    return pipe(PHRASE + "\n", more);
  }

  /** Stores something in c.ugc, which has no recovery key. */
  Result encrypt(String... more) {
    List<String> args = new ArrayList<>(List.of("encrypt"));
    args.addAll(List.of(more));
    args.addAll(List.of("--to", "c.ugc", "--no-recovery-key"));
    return unlocked(args.toArray(String[]::new));
  }

  /** All that c.ugc holds. */
  List<String> stored() {
    return unlocked("ls", "-R", "c.ugc").out().lines().toList();
  }

  /** Who computes. */
  static String modules() {
    return ALGORITHMS.profile().modules();
  }

  /** All commands. */
  CommandLine everything() {
    return new Cli(bench(ScriptedTerminal.piped("")), state).all();
  }

  private Workbench bench(ScriptedTerminal terminal) {
    return new Workbench(
        clock,
        System::nanoTime,
        SecureRandom::new,
        ALGORITHMS::profile,
        new FileGenerationMemory(state),
        terminal,
        new Texts(Locale.UK, ZoneOffset.UTC),
        interruption,
        () -> CreateOptions.defaults().withCost(CHEAPEST),
        osName,
        folder,
        folder.resolve("home"),
        state,
        () -> new AuditOrigin("ward-5-pc", "nurse"));
  }

  public Result with(ScriptedTerminal terminal, String... args) {
    int code = new Cli(bench(terminal), state).run(args);
    return new Result(code, terminal.outText(), terminal.errText(), terminal.outBytes());
  }

  public Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  public String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  public boolean has(String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A container with letters/a.txt ("one"), letters/b.txt ("two") and an empty folder letters/old.
   */
  public Desk withLetters() throws IOException {
    file("letters/a.txt", "one");
    file("letters/b.txt", "two");
    Files.createDirectories(folder.resolve("letters/old"));
    Result made = unlocked("encrypt", "letters", "--to", "c.ugc", "--no-recovery-key");
    if (made.code() != 0) {
      throw new AssertionError(made.err());
    }
    return this;
  }
}
