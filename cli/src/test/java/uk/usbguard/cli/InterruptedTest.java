package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.cli.Desk.saysTwoLines;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.Interruption;

/** Ctrl-C ends work in good order and says what was done. */
class InterruptedTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  void interruptedWorkEndsInOrder() throws IOException {
    desk.withLetters();
    desk.file("more/x.txt", "x");
    Interruption pressed = new Interruption();
    pressed.request();
    desk.interruptedBy(pressed);

    Result stored = desk.unlocked("put", "c.ugc", "more");
    Result taken = desk.unlocked("decrypt", "c.ugc", "--to", "out", "--json");

    saysTwoLines(stored, 130);
    assertThat(taken.code()).isEqualTo(130);
    assertThat(taken.out()).contains("\"interrupted\":true");
    desk.interruptedBy(new Interruption());
    assertThat(desk.unlocked("verify", "c.ugc").code()).isZero();
  }

  @Test
  @DisplayName("Ctrl-C: rm -r and compact end early, with 130, and say what they did")
  void removingAndCompactingCanBeInterrupted() throws IOException {
    desk.withLetters();
    Interruption pressed = new Interruption();
    pressed.request();
    desk.interruptedBy(pressed);

    Result removed = desk.unlocked("rm", "-r", "c.ugc", "letters", "--yes", "--json");
    Result said = desk.unlocked("rm", "-r", "c.ugc", "letters", "--yes");
    Result compacted = desk.unlocked("compact", "c.ugc", "--json");

    saysTwoLines(said, 130);
    assertThat(said.out()).isEqualTo("Nothing was removed from c.ugc.\n");
    assertThat(removed.code()).isEqualTo(130);
    assertThat(removed.out()).contains("\"paths\":[]", "\"interrupted\":true");
    assertThat(compacted.code()).isEqualTo(130);
    assertThat(compacted.out()).contains("\"bytesAfter\":", "\"interrupted\":true");
    desk.interruptedBy(new Interruption());
    assertThat(desk.unlocked("cat", "c.ugc", "letters/a.txt").out()).isEqualTo("one");
  }

  @Test
  @DisplayName("Ctrl-C: verify says that it knows nothing")
  void verifyingCanBeInterrupted() throws IOException {
    desk.withLetters();
    Interruption pressed = new Interruption();
    pressed.request();

    Result verified = desk.interruptedBy(pressed).unlocked("verify", "c.ugc");

    saysTwoLines(verified, 130);
    assertThat(verified.out()).isEmpty();
    assertThat(verified.err()).contains("has not been read to the end");
  }
}
