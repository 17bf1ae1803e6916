package uk.usbguard.cli.console;

import java.io.IOException;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;

/** Asks for the name of what will be lost. */
public final class Confirmation {

  private final Terminal terminal;
  private final Texts texts;

  public Confirmation(Terminal terminal, Texts texts) {
    this.terminal = terminal;
    this.texts = texts;
  }

  /**
   * Asks under what is about to happen. Returns if the name was typed; a script says --yes and does
   * not come here.
   */
  public void typed(String questionKey, String name) throws IOException, CommandException {
    typed(questionKey, name, "needs-yes");
  }

  /** The same, with other words for a script that does not say --yes. */
  public void typed(String questionKey, String name, String refusal)
      throws IOException, CommandException {
    String what = texts.get(questionKey);
    if (!terminal.canAsk()) {
      throw new CommandException(ExitCode.USAGE, refusal, what);
    }
    String question = what + " " + texts.get("confirm.type", Printable.name(name));
    String answer = terminal.ask(question).orElse("");
    if (!answer.strip().equals(name)) {
      throw new CommandException(ExitCode.NO, "not-confirmed", Printable.name(name));
    }
  }
}
