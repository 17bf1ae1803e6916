package uk.usbguard.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uk.usbguard.cli.console.Interruption;
import uk.usbguard.cli.console.Terminal;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.core.error.BugException;
import uk.usbguard.platform.LibArgon2;
import uk.usbguard.platform.LibCrypto;
import uk.usbguard.platform.OperatingSystem;

/**
 * Runs the commands that most starts need in one process, so that the JVM can archive their
 * classes. Started by {@code ./usbguard} once for each JDK and build; prints where the libraries
 * lie that spare the JIT its work, if all of them are there and right, and nothing else.
 */
public final class TrainingRun {

  private TrainingRun() {}

  public static void main(String[] args) throws IOException {
    run(Path.of(args[0]));
    Files.write(Path.of(args[0], "libraries"), libraries());
  }

  private static List<String> libraries() throws IOException {
    Optional<OperatingSystem> system = OperatingSystem.named(System.getProperty("os.name", ""));
    if (LibArgon2.find(system).isEmpty() || LibCrypto.find(system).isEmpty()) {
      return List.of();
    }
    try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
      List<String> paths =
          mapped
              .filter(line -> line.contains("/libargon2.so.") || line.contains("/libcrypto.so."))
              .map(line -> line.substring(line.indexOf('/')))
              .distinct()
              .toList();
      boolean thereAll = paths.stream().allMatch(path -> Files.isRegularFile(Path.of(path)));
      return paths.size() == 2 && thereAll ? paths : List.of();
    }
  }

  static void run(Path folder) throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "Dear colleague,\n");
    Files.writeString(folder.resolve("passphrase"), "only for this training run\n");
    StateFolder state = new StateFolder(folder.resolve("state"));
    Algorithms algorithms = new Algorithms(System.getProperty("os.name", ""));
    for (String line : lines()) {
      String[] words =
          Arrays.stream(line.split(" ", -1))
              .map(word -> word.replace("{dir}", folder.toString()))
              .toArray(String[]::new);
      int exitCode =
          new Cli(Main.bench(new Nobody(), state, new Interruption(), folder, algorithms), state)
              .run(words);
      if (exitCode != 0) {
        throw new BugException("training: exit code " + exitCode + " from: " + line);
      }
    }
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = TrainingRun.class.getResourceAsStream("training.txt")) {
      if (in == null) {
        throw new BugException("the jar has no training.txt");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  /** No streams and nobody at them. */
  private static final class Nobody implements Terminal {

    private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

    @Override
    public PrintWriter out() {
      return nowhere;
    }

    @Override
    public PrintWriter err() {
      return nowhere;
    }

    @Override
    public OutputStream rawOut() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream in() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public boolean outIsTerminal() {
      return false;
    }

    @Override
    public boolean errIsTerminal() {
      return false;
    }

    @Override
    public boolean canAsk() {
      return false;
    }

    @Override
    public Optional<char[]> askSecret(String prompt) {
      return Optional.empty();
    }

    @Override
    public Optional<String> ask(String prompt) {
      return Optional.empty();
    }
  }
}
