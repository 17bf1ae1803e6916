package uk.usbguard.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import uk.usbguard.cli.failure.CommandException;

/** The three streams of a process, and the person who may sit at them. */
public interface Terminal {

  /** Standard output: results. */
  PrintWriter out();

  /** Standard error: everything else. */
  PrintWriter err();

  /** Standard output for bytes. Flush {@link #out()} before. */
  OutputStream rawOut();

  /** Flushes standard output, and says why not all of it arrived, if so. */
  default Optional<IOException> outFailure() {
    out().flush();
    return Optional.empty();
  }

  /** Standard input, unbuffered: what is read of a secret stays nowhere else. */
  InputStream in();

  /** Whether a person sees what goes to standard output. */
  boolean outIsTerminal();

  /** Whether a person sees what goes to standard error. */
  boolean errIsTerminal();

  /** Whether a person can be asked. */
  boolean canAsk();

  /** Lets something be written that only a person may see; only where one can be asked. */
  default void showToPerson(Consumer<PrintWriter> what) throws IOException {
    what.accept(err());
  }

  /** Asks without echo. Empty at the end of input. The caller wipes the array. */
  Optional<char[]> askSecret(String prompt) throws IOException, CommandException;

  /** Asks with echo. Empty at the end of input. */
  Optional<String> ask(String prompt) throws IOException, CommandException;
}
