package uk.usbguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.failure.CommandException;

class SecretLinesTest {

  /** Ends of lines, and what is made of several bytes. */
  private static final byte[] PIECES =
      "aZ9 \r\n\0\u00fc\ud83d\ude00".getBytes(StandardCharsets.UTF_8);

  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesALineAtATimeAndLeavesTheRest() throws Exception {
    InputStream in = of("f\u00fcrst \ud83d\ude00\nsecond\r\n\nlast");
    SecretLines lines = new SecretLines(in);

    assertThat(lines.next())
        .hasValueSatisfying(
            c -> assertThat(c).containsExactly("f\u00fcrst \ud83d\ude00".toCharArray()));
    assertThat(lines.next())
        .hasValueSatisfying(c -> assertThat(c).containsExactly("second".toCharArray()));
    assertThat(lines.next()).hasValueSatisfying(c -> assertThat(c).isEmpty());
    assertThat(in.available()).isEqualTo(4);
    assertThat(lines.next())
        .hasValueSatisfying(c -> assertThat(c).containsExactly("last".toCharArray()));
    assertThat(lines.next()).isEmpty();
  }

  @Test
  void refusesALineThatIsTheWrongFile() throws Exception {
    assertThat(new SecretLines(of("x".repeat(SecretLines.MAXIMUM_BYTES))).next()).isPresent();
    SecretLines lines = new SecretLines(of("x".repeat(SecretLines.MAXIMUM_BYTES + 2)));
    assertThatThrownBy(lines::next).isInstanceOf(CommandException.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    for (byte[] bad : new byte[][] {{(byte) 0xE9}, {'a', (byte) 0xC3, '\n'}, {(byte) 0xFF, '\n'}}) {
      SecretLines lines = new SecretLines(new ByteArrayInputStream(bad));
      assertThatThrownBy(lines::next)
          .isInstanceOfSatisfying(
              CommandException.class, e -> assertThat(e.id()).isEqualTo("secret-not-utf8"));
    }
  }

  @Test
  @DisplayName("ENC-14: a passphrase file of any bytes gives its first line, or is refused as such")
  void anyBytesAreReadOrRefused() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] file = random.nextInt(50) == 0 ? new byte[9_000] : new byte[random.nextInt(40)];
      for (int at = 0; at < file.length; at++) {
        file[at] =
            (byte)
                (random.nextInt(20) == 0
                    ? random.nextInt(256)
                    : PIECES[random.nextInt(PIECES.length)]);
      }
      try {
        Optional<char[]> line = new SecretLines(new ByteArrayInputStream(file)).next();
        assertThat(line.map(String::new)).as("-Dseed=%d %d", seed, i).isEqualTo(firstLine(file));
        read++;
      } catch (CommandException e) {
        assertThat(e.id()).as("-Dseed=%d %d", seed, i).isIn("secret-not-utf8", "secret-too-long");
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  /** As the JDK splits and decodes it. */
  private static Optional<String> firstLine(byte[] file) {
    if (file.length == 0) {
      return Optional.empty();
    }
    int end = 0;
    while (end < file.length && file[end] != '\n') {
      end++;
    }
    String line = new String(file, 0, end, StandardCharsets.UTF_8);
    return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
