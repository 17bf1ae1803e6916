package uk.usbguard.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

class BugExceptionTest {

  @Test
  void keepsWhatBrokeAndWhy() {
    var cause = new NoSuchAlgorithmException("AES");

    assertThat(new BugException("no AES in this JDK", cause))
        .hasMessage("no AES in this JDK")
        .hasCause(cause);
  }
}
