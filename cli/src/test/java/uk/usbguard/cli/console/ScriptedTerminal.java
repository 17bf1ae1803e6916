package uk.usbguard.cli.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A terminal that answers from a list and keeps what was written. */
public final class ScriptedTerminal implements Terminal {

  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintWriter out =
      new PrintWriter(new OutputStreamWriter(outBytes, StandardCharsets.UTF_8));
  private final PrintWriter err =
      new PrintWriter(new OutputStreamWriter(errBytes, StandardCharsets.UTF_8), true);
  private final InputStream in;
  private final Deque<String> answers;
  private final boolean somebody;
  private final List<String> prompts = new ArrayList<>();

  private ScriptedTerminal(byte[] in, boolean somebody, List<String> answers) {
    this.in = new ByteArrayInputStream(in);
    this.somebody = somebody;
    this.answers = new ArrayDeque<>(answers);
  }

  /** Streams only, as in a script. */
  public static ScriptedTerminal piped(String in) {
    return new ScriptedTerminal(in.getBytes(StandardCharsets.UTF_8), false, List.of());
  }

  /** A person who gives these answers. */
  public static ScriptedTerminal answering(String... answers) {
    return new ScriptedTerminal(new byte[0], true, List.of(answers));
  }

  public List<String> prompts() {
    return prompts;
  }

  public byte[] outBytes() {
    out.flush();
    return outBytes.toByteArray();
  }

  public String outText() {
    return new String(outBytes(), StandardCharsets.UTF_8);
  }

  public String errText() {
    err.flush();
    return errBytes.toString(StandardCharsets.UTF_8);
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
    return outBytes;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public boolean outIsTerminal() {
    return false;
  }

  @Override
  public boolean errIsTerminal() {
    return somebody;
  }

  @Override
  public boolean canAsk() {
    return somebody;
  }

  @Override
  public Optional<char[]> askSecret(String prompt) {
    return ask(prompt).map(String::toCharArray);
  }

  @Override
  public Optional<String> ask(String prompt) {
    prompts.add(prompt);
    return Optional.ofNullable(answers.poll());
  }
}
