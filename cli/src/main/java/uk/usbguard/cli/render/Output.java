package uk.usbguard.cli.render;

import java.io.IOException;
import uk.usbguard.cli.console.Terminal;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.text.Texts;

/** Says results on standard output and everything else on standard error. */
public interface Output {

  /** For people; somebody looks at what goes on if there is a terminal and they want to. */
  static Output text(Terminal terminal, Texts texts, boolean progressWanted) {
    return new TextOutput(terminal, texts, progressWanted && terminal.errIsTerminal());
  }

  /** For scripts. */
  static Output json(Terminal terminal, Texts texts) {
    return new JsonOutput(terminal, texts);
  }

  /** Whether a script reads this. */
  boolean isJson();

  /** The result, or one item of a stream of them. */
  void result(Report report);

  /** Something worth knowing that did not stop the command; sentence warning.ID. */
  void warning(String id, Object... facts);

  /** Begins to show that a key is being derived, if somebody looks. */
  Waiting derivingKey();

  /** The command failed. */
  void failure(Failure failure);

  /** A secret, shown this once. As JSON it is a field of the result instead. */
  void secret(String key, ShownSecret secret) throws IOException;
}
