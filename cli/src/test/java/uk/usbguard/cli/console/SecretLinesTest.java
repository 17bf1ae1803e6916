package uk.usbguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.failure.CommandException;

class SecretLinesTest {

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
}
