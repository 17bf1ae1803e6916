package uk.usbguard.cli.failure;

import java.util.Locale;

/**
 * A short name for a bug: the same bug in the same release gives the same code, on any PC. Made
 * from exception types and places in the program, never from messages, which can hold names.
 */
public final class CrashCode {

  private static final int FRAMES = 8;

  private CrashCode() {}

  /** Eight characters. */
  public static String of(Throwable thrown) {
    long hash = 1125899906842597L;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      hash = mix(hash, t.getClass().getName());
      StackTraceElement[] frames = t.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        hash = mix(hash, frames[i].getClassName() + frames[i].getMethodName());
        hash = hash * 31 + frames[i].getLineNumber();
      }
    }
    String digits = Long.toString(hash & 0xFF_FFFF_FFFFL, 32).toUpperCase(Locale.ROOT);
    return "0".repeat(8 - digits.length()) + digits;
  }

  /** The stack trace without messages. */
  public static String trace(Throwable thrown) {
    StringBuilder trace = new StringBuilder();
    String prefix = "";
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      trace.append(prefix).append(t.getClass().getName()).append('\n');
      for (StackTraceElement frame : t.getStackTrace()) {
        trace.append("  at ").append(frame).append('\n');
      }
      prefix = "caused by ";
    }
    return trace.toString();
  }

  private static long mix(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = mixed * 31 + text.charAt(i);
    }
    return mixed;
  }
}
