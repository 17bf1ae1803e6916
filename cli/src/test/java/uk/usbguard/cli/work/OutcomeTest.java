package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;

/** What an import ends with. */
class OutcomeTest {

  private final Notes notes = new Notes();

  private CommandException failure() {
    Exception failure = Outcome.of(notes, false, false, "import");
    assertThat(failure).isInstanceOf(CommandException.class);
    return (CommandException) failure;
  }

  @Test
  @DisplayName("ENC-14: stored, but a plain copy was kept: nothing is called left out")
  void keptCopies() {
    notes.add(NoteKind.NOT_REMOVED, "a", "it has changed");
    assertThat(failure().id()).isEqualTo("import-kept");
    assertThat(failure().code()).isEqualTo(ExitCode.IO);
  }

  @Test
  @DisplayName("ENC-14: a drive that is full is said to be full")
  void fullDrive() {
    notes.add(NoteKind.NO_ROOM, "a", "");
    notes.add(NoteKind.NO_ROOM, "b", "");
    assertThat(failure().id()).isEqualTo("import-no-room");
    notes.add(NoteKind.UNREADABLE, "c", "");
    assertThat(failure().id()).isEqualTo("import-incomplete");
  }
}
