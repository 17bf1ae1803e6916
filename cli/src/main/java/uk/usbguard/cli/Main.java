package uk.usbguard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import uk.usbguard.cli.command.Workbench;
import uk.usbguard.cli.console.Interruption;
import uk.usbguard.cli.console.SystemTerminal;
import uk.usbguard.cli.console.Terminal;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.state.FileGenerationMemory;
import uk.usbguard.cli.state.StateFolder;
import uk.usbguard.cli.text.BuildVersion;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.crypto.SystemRandom;

/** Makes the objects, runs the command line, ends the process. The only class that does either. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println(BuildVersion.text()); // asked by scripts, often: nothing else is loaded
      return;
    }
    Algorithms algorithms = new Algorithms(System.getProperty("os.name", ""));
    algorithms.prepareFor(args);
    // Newer JDKs would bring a line editor along, which echoes and starts slowly.
    System.setProperty("jdk.console", "java.base");
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::request, "usbguard-interrupt"));
    Path home = Path.of(System.getProperty("user.home", "."));
    StateFolder state = StateFolder.of(System.getProperty("os.name", ""), System.getenv(), home);
    String charset = System.getProperty("native.encoding");
    Terminal terminal =
        new SystemTerminal(
            System.getProperty("stdout.encoding", charset),
            System.getProperty("stderr.encoding", charset),
            interruption);
    Workbench bench = bench(terminal, state, interruption, home, algorithms);
    algorithms.meanwhile(bench.texts()::bundle);
    int code = ExitCode.BUG.number();
    try {
      code = new Cli(bench, state).run(args);
    } finally {
      interruption.finished(); // also where there is no memory left: else its end is waited for
    }
    System.exit(code);
  }

  static SecureRandom random() {
    return SystemRandom.or(SecureRandom::new);
  }

  static Workbench bench(
      Terminal terminal,
      StateFolder state,
      Interruption interruption,
      Path home,
      Algorithms algorithms) {
    return new Workbench(
        Clock.systemUTC(),
        System::nanoTime,
        Main::random,
        algorithms::profile,
        new FileGenerationMemory(state),
        terminal,
        new Texts(Texts.conventions(Locale.getDefault()), ZoneId::systemDefault),
        interruption,
        CreateOptions::defaults,
        System.getProperty("os.name", ""),
        Path.of(""),
        home,
        state,
        () -> ThisComputer.origin(System.getenv(), System.getProperty("user.name", "?")));
  }
}
