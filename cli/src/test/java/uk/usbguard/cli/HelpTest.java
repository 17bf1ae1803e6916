package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help, version and completion are results, for people and for scripts. */
class HelpTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  void helpVersionAndCompletionAreResults() {
    assertThat(desk.run("--version").out()).matches("usbguard \\d+\\.\\d+\\.\\d+\\R");
    assertThat(desk.run("--help").out()).startsWith("Usage: usbguard").contains("encrypt");
    assertThat(desk.run("help").out()).contains("encrypt");
    assertThat(desk.run("help", "key", "add").out()).startsWith("Usage: usbguard key add");
    assertThat(desk.run("ls", "--help").out()).startsWith("Usage: usbguard ls");
    assertThat(desk.run("completion").out()).contains("_complete_usbguard");
  }

  @Test
  void helpVersionAndCompletionAreDocumentsForScripts() {
    assertThat(desk.run("--version", "--json").out())
        .matches(
            "\\{\"type\":\"version\",\"about\":\"usbguard\",\"text\":\"usbguard [0-9.]+\"}\\R");
    assertThat(desk.run("--json", "-V").out()).startsWith("{\"type\":\"version\"");
    String help = desk.run("help", "key", "add", "--json").out();
    assertThat(help)
        .startsWith(
            "{\"type\":\"help\",\"about\":\"usbguard key add\",\"text\":\"Usage: usbguard key")
        .hasLineCount(1);
    assertThat(desk.run("key", "add", "--help", "--json").out()).isEqualTo(help);
    assertThat(desk.run("--help", "--json").out()).startsWith("{\"type\":\"help\"");
    assertThat(desk.run("completion", "--json").out()).startsWith("{\"type\":\"completion\"");
  }
}
