package uk.usbguard.bench;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.FactsFile;
import uk.usbguard.core.policy.Policy;

/** Times loading and asking a policy of many rules and devices. Prints the rows of a table. */
public final class PolicyBenchmark {

  private static final int RULES = 1_000;
  private static final int DEVICES = 50_000;
  private static final int LOADS = 30;
  private static final int DECISIONS = 100_000;
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  private PolicyBenchmark() {}

  /** Takes nothing. */
  public static void main(String[] args) throws Exception {
    byte[] file = file().getBytes(StandardCharsets.UTF_8);
    System.out.printf(
        Locale.ROOT,
        "%,d rules that name %,d devices by serial number, a file of %,d kB.%n%n",
        RULES,
        DEVICES,
        file.length / 1000);
    System.out.println("| what | first | median | 99 of 100 | worst |");
    System.out.println("|---|---|---|---|---|");
    var thread = ManagementFactory.getThreadMXBean();
    long[] loads = new long[LOADS];
    long[] processor = new long[LOADS];
    for (int i = 0; i < LOADS; i++) {
      long started = thread.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      Policy.parse(file);
      loads[i] = System.nanoTime() - start;
      processor[i] = thread.getCurrentThreadCpuTime() - started;
    }
    row("load, with the search for rules that can never match", loads);
    row("the same, time of the processor", processor);
    decide(Policy.parse(file));
  }

  private static void decide(Policy policy) throws Exception {
    List<Facts> asked = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      asked.add(facts(serial(random.nextInt(DEVICES))));
    }
    Facts stranger = facts("FFFFFFFFFFFFFFFF");
    long[] known = new long[DECISIONS];
    long[] unknown = new long[DECISIONS];
    for (int i = 0; i < DECISIONS; i++) {
      known[i] = timed(policy, asked.get(i % asked.size()));
      unknown[i] = timed(policy, stranger);
    }
    row("decide, a device that a rule names", known);
    row("decide, a device that no rule names", unknown);
  }

  private static long timed(Policy policy, Facts facts) {
    long start = System.nanoTime();
    String rule = policy.decide(facts).grounds().rule();
    long nanos = System.nanoTime() - start;
    if (rule.isEmpty()) {
      throw new IllegalStateException("no rule");
    }
    return nanos;
  }

  private static Facts facts(String serial) throws Exception {
    return FactsFile.of(
        Map.of(
            "device", "0951:1666:" + serial,
            "shape", "storage",
            "state", "issued",
            "holder", "own",
            "ownership", "organisation",
            "verdict", "verified-encrypted",
            "identity", "L3",
            "check-in", "1d"),
        NOW);
  }

  private static String file() {
    StringBuilder text = new StringBuilder(2 << 20);
    text.append("format: 1\nname: large\nversion: 1\ncontact: desk\nrules:\n");
    for (int rule = 0; rule < RULES; rule++) {
      text.append("  - id: ward-").append(rule).append("\n    when:\n      state: issued\n");
      text.append("      verdict: verified-encrypted\n      device:\n");
      for (int i = rule; i < DEVICES; i += RULES) {
        text.append("        - \"0951:1666:").append(serial(i)).append("\"\n");
      }
      text.append("    effect: allow\n    reason: approved\n");
    }
    return text.toString();
  }

  /** Sixteen hexadecimal digits, each serial once and in no order. */
  private static String serial(int i) {
    return String.format(Locale.ROOT, "%016X", (i + 1) * 0x9E3779B97F4A7C15L);
  }

  private static void row(String what, long[] nanos) {
    long first = nanos[0];
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s |%n",
        what,
        text(first),
        text(nanos[nanos.length / 2]),
        text(nanos[nanos.length * 99 / 100]),
        text(nanos[nanos.length - 1]));
  }

  private static String text(long nanos) {
    return nanos >= 1_000_000
        ? String.format(Locale.ROOT, "%.0f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.4f ms", nanos / 1e6);
  }
}
