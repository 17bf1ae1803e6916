package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/** What the documents say one can type, typed. */
class DocumentationIT {

  @Test
  @DisplayName("Every command of docs/cli.md does what it says, in the order of the page")
  void commandsOfTheManual(@TempDir Path folder) throws Exception {
    List<String> commands = commandsOf("docs/cli.md");
    assertThat(commands).hasSizeGreaterThan(25);
    run(folder, commands);
  }

  @Test
  @DisplayName("Every usbguard command of README.md works at a terminal, in the order of the page")
  void commandsOfTheReadme(@TempDir Path folder) throws Exception {
    Guard guard = new Guard(folder);
    Files.createSymbolicLink(guard.folder.resolve("example"), Processes.ROOT.resolve("example"));
    for (String command : commandsOf("README.md")) {
      String[] words = command.replaceFirst("#.*", "").strip().split(" +", -1);
      var answers =
          words[1].equals("encrypt")
              ? Guard.answers("New passphrase", Guard.PHRASE, "The same again", Guard.PHRASE)
              : Guard.answers("Passphrase", Guard.PHRASE);
      Result result = guard.onTerminal(answers, Arrays.copyOfRange(words, 1, words.length));
      assertThat(result.code()).as(command + "\n" + result.out()).isZero();
    }
  }

  private static void run(Path folder, List<String> commands) throws Exception {
    Guard guard = new Guard(folder);
    guard.file("phrase", Guard.PHRASE + "\n");
    guard.file("new-phrase", Guard.OTHER + "\n");
    guard.file("letters/a.txt", "one");
    guard.file("letters/b.txt", "two");
    Files.createDirectories(guard.folder.resolve("devices"));
    for (String command : commands) {
      Result result = guard.shell(command);
      assertThat(result.code()).as(command + "\n" + result.err()).isZero();
    }
  }

  /** The lines of the blocks marked sh that begin with usbguard. */
  private static List<String> commandsOf(String document) throws IOException {
    Path file = Processes.ROOT.resolve(document);
    List<String> commands = new ArrayList<>();
    if (!Files.exists(file)) {
      return commands;
    }
    boolean inside = false;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("```")) {
        inside = line.equals("```sh");
      } else if (inside && line.matches("(\\./)?usbguard .*")) {
        commands.add(line.replaceFirst("^\\./", ""));
      }
    }
    return commands;
  }
}
