package uk.usbguard.cli.render;

import java.io.PrintWriter;
import java.util.Arrays;

/** Text that is shown once and then wiped. It never becomes a String here. */
public final class ShownSecret implements AutoCloseable {

  private final char[] chars;

  private ShownSecret(char[] chars) {
    this.chars = chars;
  }

  /** Takes the array over. */
  public static ShownSecret take(char[] chars) {
    return new ShownSecret(chars);
  }

  /** Writes it out. */
  public void writeTo(PrintWriter writer) {
    writer.write(chars);
  }

  /** A copy that the caller wipes. */
  public char[] toChars() {
    return chars.clone();
  }

  @Override
  public void close() {
    Arrays.fill(chars, '\0');
  }

  @Override
  public String toString() {
    return "ShownSecret[redacted]";
  }
}
