package uk.usbguard.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import uk.usbguard.cli.console.Interruption;
import uk.usbguard.cli.console.SystemTerminal;
import uk.usbguard.cli.state.StateFolder;

/**
 * A process that runs command lines one after the other, as {@link Main} runs one, and then writes
 * its heap down. Takes a file with command lines, words parted by spaces; the name of the dump; and
 * something to find in it.
 */
final class HeapDumpDriver {

  private HeapDumpDriver() {}

  public static void main(String[] args) throws Exception {
    char[] toBeFound = new StringBuilder(args[2]).reverse().toString().toCharArray();
    System.setProperty("jdk.console", "java.base");
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      int code = cli().run(line.split(" ", -1));
      if (code != 0) {
        throw new AssertionError(code + " from " + line);
      }
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[1], true);
    if (toBeFound.length == 0) {
      throw new AssertionError("kept until here");
    }
  }

  private static Cli cli() {
    Path home = Path.of("home").toAbsolutePath();
    StateFolder state = StateFolder.of("Linux", Map.of(), home);
    Interruption interruption = new Interruption();
    String charset = StandardCharsets.UTF_8.name();
    SystemTerminal terminal = new SystemTerminal(charset, charset, interruption);
    return new Cli(Main.bench(terminal, state, interruption, home, new Algorithms("Linux")), state);
  }
}
