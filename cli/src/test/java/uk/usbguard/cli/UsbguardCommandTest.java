package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UsbguardCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      new CommandLine(new UsbguardCommand())
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err));

  @Test
  void printsTheVersionThatTheBuildGaveIt() {
    assertThat(commandLine.execute("--version")).isZero();
    assertThat(out.toString()).matches("usbguard \\d+\\.\\d+\\.\\d+\\R");
  }

  @Test
  void explainsItselfOnStdout() {
    assertThat(commandLine.execute("--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: usbguard");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void isAUsageErrorWithoutACommand() {
    assertThat(commandLine.execute()).isEqualTo(64);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("Usage: usbguard");
  }
}
