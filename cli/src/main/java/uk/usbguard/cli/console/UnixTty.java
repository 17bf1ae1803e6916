package uk.usbguard.cli.console;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import uk.usbguard.cli.failure.CommandException;

/** The controlling terminal of the process, whatever its streams are connected to. Unix only. */
final class UnixTty {

  private static final File DEVICE = new File("/dev/tty");

  /** Whether it can be opened: the device node is there even for a process without a terminal. */
  boolean isThere() {
    if (!DEVICE.exists()) {
      return false;
    }
    try (InputStream in = new FileInputStream(DEVICE)) {
      return in.available() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  Optional<char[]> askSecret(String prompt) throws IOException, CommandException {
    Thread restore = new Thread(() -> echo(true));
    Runtime.getRuntime().addShutdownHook(restore);
    try (InputStream in = new FileInputStream(DEVICE);
        OutputStream out = new FileOutputStream(DEVICE)) {
      if (!echo(false)) {
        throw new IOException("the terminal does not switch its echo off");
      }
      out.write(prompt.getBytes(StandardCharsets.UTF_8)); // who sees it may type at once
      Optional<char[]> secret = new SecretLines(in).next();
      out.write('\n');
      return secret;
    } finally {
      echo(true);
      removeHook(restore);
    }
  }

  Optional<String> ask(String prompt) throws IOException, CommandException {
    try (InputStream in = new FileInputStream(DEVICE);
        OutputStream out = new FileOutputStream(DEVICE)) {
      out.write(prompt.getBytes(StandardCharsets.UTF_8));
      return new SecretLines(in).next().map(String::new);
    }
  }

  void show(Consumer<PrintWriter> what) throws IOException {
    try (OutputStream out = new FileOutputStream(DEVICE);
        PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8)) {
      what.accept(writer);
    }
  }

  private static boolean echo(boolean on) {
    try {
      Process stty =
          new ProcessBuilder(Arrays.asList("stty", on ? "echo" : "-echo"))
              .redirectInput(DEVICE)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return stty.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and the echo comes back a second time.
    }
  }
}
