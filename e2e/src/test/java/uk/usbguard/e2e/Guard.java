package uk.usbguard.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./usbguard} as a person at a desk uses it: real processes, in a folder of their own, with
 * a home and a temp folder that can be looked into afterwards.
 */
final class Guard {

  static final String PHRASE = "violet-harbour-quilt-meadow-onion";
  static final String OTHER = "gravel-lantern-otter-biscuit-plume";

  private static final Path SCRIPT = Processes.ROOT.resolve("usbguard");
  private static final Path PTY = Processes.ROOT.resolve("e2e/src/test/scripts/on_terminal.py");
  private static final long TIMEOUT_SECONDS = 240;

  final Path folder;
  final Path home;
  final Path temp;

  Guard(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.home = Files.createDirectories(this.folder.resolve(".home"));
    this.temp = Files.createDirectories(this.folder.resolve(".tmp"));
  }

  /** How a process ended and what it said. */
  record Result(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Without input. */
  Result run(String... args) throws Exception {
    return pipe("", args);
  }

  /** With these lines on standard input. */
  Result pipe(String in, String... args) throws Exception {
    return finish(start(in, args));
  }

  /** With the passphrase on standard input. */
  Result unlocked(String... args) throws Exception {
    List<String> more = new ArrayList<>(List.of(args));
    more.add("--passphrase-stdin");
    return pipe(PHRASE + "\n", more.toArray(String[]::new));
  }

  /** Starts and does not wait. */
  Process start(String in, String... args) throws IOException {
    Process process = builder(List.of(SCRIPT.toString()), args).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(in.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading: its exit code says why.
    }
    return process;
  }

  /**
   * The same under strace, which writes down what every process is started with, so many characters
   * of it, and every file that is opened.
   */
  Result traced(Path trace, String characters, String in, String... args) throws Exception {
    String what = "trace=execve,openat,open,creat";
    List<String> strace =
        List.of("strace", "-f", "-qq", "-v", "-s", characters, "-e", what, "-o", trace.toString());
    List<String> command = new ArrayList<>(strace);
    command.add(SCRIPT.toString());
    Process process = builder(command, args).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(in.getBytes(StandardCharsets.UTF_8));
    }
    return finish(process);
  }

  /** A line of shell, in which {@code usbguard} is the one of this checkout. */
  Result shell(String line) throws Exception {
    Path bin = Files.createDirectories(folder.resolve(".bin"));
    Path link = bin.resolve("usbguard");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, SCRIPT);
    }
    ProcessBuilder builder = builder(List.of("bash", "-c", "set -e -o pipefail; " + line));
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    process.getOutputStream().close();
    return finish(process);
  }

  /** Takes everything it says, and its exit code. */
  static Result finish(Process process) throws Exception {
    CompletableFuture<byte[]> out =
        CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
    CompletableFuture<byte[]> err =
        CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s");
    }
    return new Result(
        process.exitValue(), out.get(), new String(err.get(), StandardCharsets.UTF_8));
  }

  /**
   * On a terminal of its own. The answers are typed one after the other, each when the text before
   * it in the map has appeared on the screen.
   */
  Result onTerminal(Map<String, String> answers, String... args) throws Exception {
    return onTerminal(Map.of(), answers, args);
  }

  /** The same with standard output going to a file. */
  Result onTerminalInto(Path out, Map<String, String> answers, String... args) throws Exception {
    return onTerminal(Map.of("PTY_STDOUT", out.toString()), answers, args);
  }

  /** The same with standard error going to a file. */
  Result onTerminalErrorsInto(Path err, Map<String, String> answers, String... args)
      throws Exception {
    return onTerminal(Map.of("PTY_STDERR", err.toString()), answers, args);
  }

  private Result onTerminal(
      Map<String, String> environment, Map<String, String> answers, String... args)
      throws Exception {
    StringBuilder script = new StringBuilder();
    answers.forEach(
        (prompt, answer) -> script.append(prompt).append('\t').append(answer).append('\n'));
    List<String> command = List.of("python3", PTY.toString(), SCRIPT.toString());
    ProcessBuilder builder = builder(command, args);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(script.toString().getBytes(StandardCharsets.UTF_8));
    }
    return finish(process);
  }

  /** Prompts and answers in their order. */
  static Map<String, String> answers(String... promptsAndAnswers) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (int i = 0; i < promptsAndAnswers.length; i += 2) {
      answers.put(promptsAndAnswers[i], promptsAndAnswers[i + 1]);
    }
    return answers;
  }

  Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** A container c.ugc with letters/a.txt ("one") and letters/b.txt ("two"). */
  Guard withLetters() throws Exception {
    file("letters/a.txt", "one");
    file("letters/b.txt", "two");
    Result made = unlocked("encrypt", "letters", "--to", "c.ugc", "--no-recovery-key");
    if (made.code() != 0) {
      throw new AssertionError(made.err());
    }
    return this;
  }

  /** A build that runs in the background of a script ignores Ctrl-C, and so would all it starts. */
  private static final List<String> HEARS_INTERRUPTS = List.of("env", "--default-signal=INT");

  private ProcessBuilder builder(List<String> command, String... args) {
    List<String> all = new ArrayList<>(HEARS_INTERRUPTS);
    all.addAll(command);
    all.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
    environment.put("TMPDIR", temp.toString());
    environment.put("USBGUARD_JAVA_OPTS", "-Duser.home=" + home + " -Djava.io.tmpdir=" + temp);
    return builder;
  }

  private static byte[] all(InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0]; // the process was killed
    }
  }
}
