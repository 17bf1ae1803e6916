package uk.usbguard.cli.render;

import java.io.IOException;
import uk.usbguard.cli.console.Terminal;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.console.WaitingLine;
import uk.usbguard.cli.failure.Failure;
import uk.usbguard.cli.text.Texts;

/** Human text. */
final class TextOutput implements Output {

  private final Terminal terminal;
  private final Texts texts;
  private final boolean watched;

  TextOutput(Terminal terminal, Texts texts, boolean watched) {
    this.terminal = terminal;
    this.texts = texts;
    this.watched = watched;
  }

  @Override
  public boolean isJson() {
    return false;
  }

  @Override
  public void result(Report report) {
    report.print(new Page(terminal.out(), texts));
  }

  @Override
  public void warning(String id, Object... facts) {
    terminal.err().println("usbguard: " + texts.get("warning." + id, facts));
  }

  @Override
  public Waiting derivingKey() {
    return watched ? WaitingLine.begin(terminal.err(), texts) : Waiting.unseen();
  }

  @Override
  public void failure(Failure failure) {
    terminal.out().flush();
    terminal.err().println("usbguard: " + failure.message());
    terminal.err().println("  " + failure.hint());
  }

  @Override
  public void secret(String key, ShownSecret secret) throws IOException {
    terminal.out().println(texts.get(key));
    secret.writeTo(terminal.out());
    terminal.out().println();
    if (terminal.outFailure().isPresent()) {
      throw terminal.outFailure().get();
    }
  }
}
