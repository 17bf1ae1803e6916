package uk.usbguard.cli.console;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.failure.CommandException;

/**
 * The real streams. Where Java sees no console because one stream is redirected, as in {@code cat
 * ... > file}, the terminal behind the process is asked directly.
 */
@SuppressWarnings("SystemConsoleNull") // it is null: Main chooses the JDK's plain console
public final class SystemTerminal implements Terminal {

  private final CheckedOutput rawOut = new CheckedOutput(new FileOutputStream(FileDescriptor.out));
  private final InputStream in = new FileInputStream(FileDescriptor.in);
  private final PrintWriter out;
  private final PrintWriter err;
  private final UnixTty tty = new UnixTty();
  private final Interruption interruption;

  /**
   * Takes the names of the charsets that the platform reports for its streams, if it does, and who
   * has to know that a person is being asked.
   */
  public SystemTerminal(
      @Nullable String outCharset, @Nullable String errCharset, Interruption interruption) {
    this.interruption = interruption;
    out = new PrintWriter(new OutputStreamWriter(rawOut, charset(outCharset)), false);
    err =
        new PrintWriter(
            new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), charset(errCharset)),
            true);
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter err() {
    return err;
  }

  @Override
  public OutputStream rawOut() {
    return rawOut;
  }

  @Override
  public Optional<IOException> outFailure() {
    out.flush();
    return rawOut.failure();
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public boolean outIsTerminal() {
    return isTerminal(1);
  }

  @Override
  public boolean errIsTerminal() {
    return isTerminal(2);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  @Override
  public boolean canAsk() {
    return System.console() != null || tty.isThere();
  }

  @Override
  public void showToPerson(Consumer<PrintWriter> what) throws IOException {
    if (!errIsTerminal() && tty.isThere()) {
      tty.show(what); // what goes to standard error goes into a file
    } else {
      what.accept(err);
    }
  }

  @Override
  public Optional<char[]> askSecret(String prompt) throws IOException, CommandException {
    interruption.asking(true);
    try {
      Console console = System.console();
      if (console == null) {
        return tty.askSecret(prompt);
      }
      // The console switches the echo off before it shows the prompt: who sees it may type at once.
      return Optional.ofNullable(console.readPassword("%s", prompt));
    } finally {
      interruption.asking(false);
    }
  }

  @Override
  public Optional<String> ask(String prompt) throws IOException, CommandException {
    interruption.asking(true);
    try {
      Console console = System.console();
      if (console == null) {
        return tty.ask(prompt);
      }
      showPrompt(prompt);
      return Optional.ofNullable(console.readLine());
    } finally {
      interruption.asking(false);
    }
  }

  private void showPrompt(String prompt) {
    err.print(prompt);
    err.flush();
  }

  // A bare locale (LANG=C) calls itself ASCII, and then every name with an accent would be lost.
  private static Charset charset(@Nullable String name) {
    if (name == null || !Charset.isSupported(name)) {
      return StandardCharsets.UTF_8;
    }
    Charset charset = Charset.forName(name);
    return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
  }
}
