package uk.usbguard.core.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The corpora of policy files: texts with what is expected of each. */
final class PolicySamples {

  /** Four lines that a sample need not repeat. */
  private static final String HEAD = "format: 1\nname: sample\nversion: 1\ncontact: desk\n";

  private PolicySamples() {}

  /**
   * One policy file.
   *
   * @param expected line:column and kind of each problem
   * @param schemaSees whether the JSON Schema can know that it is wrong
   */
  record Sample(String name, List<String> expected, boolean schemaSees, String yaml) {}

  /** A test of each, under its name. */
  static Stream<DynamicTest> each(Stream<Sample> samples, ThrowingConsumer<Sample> test) {
    return DynamicTest.stream(samples, Sample::name, test);
  }

  static String minimal() {
    return HEAD + "rules:\n  - {id: r, effect: block, reason: unregistered}\n";
  }

  static Stream<Sample> good() {
    return samples("good.txt");
  }

  static Stream<Sample> bad() {
    return samples("bad.txt");
  }

  /** A sample begins with: === name | problem; problem | schema or beyond. */
  private static Stream<Sample> samples(String resource) {
    return Arrays.stream(read(resource).split("(?m)^=== ")).skip(1).map(PolicySamples::sample);
  }

  private static Sample sample(String text) {
    int end = text.indexOf('\n');
    String[] parts = text.substring(0, end).split(" *\\| *", -1);
    String body = text.substring(end + 1);
    boolean whole = !body.startsWith("rules:") && !body.startsWith("+");
    String yaml = whole ? body : HEAD + (body.startsWith("+") ? body.substring(2) : body);
    List<String> expected = parts.length > 1 ? List.of(parts[1].split("; *")) : List.of();
    return new Sample(parts[0], expected, parts.length > 2 && parts[2].equals("schema"), yaml);
  }

  private static String read(String resource) {
    try (InputStream in = PolicySamples.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
