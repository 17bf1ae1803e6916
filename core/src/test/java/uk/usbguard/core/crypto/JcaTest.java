package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.Security;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.BugException;

@DisplayName("The provider of the JDK's primitives")
class JcaTest {

  @Test
  void isSunJceWhereThereIsOne() {
    assertThat(Jca.ofThisPlatform().gcm().getProvider().getName()).isEqualTo("SunJCE");
  }

  @Test
  void isElseTheOneThatThePlatformPrefers() {
    Jca jca = Jca.of(null);

    assertThat(jca.kwp().getProvider()).isSameAs(jca.gcm().getProvider());
    assertThat(jca.hmac().getProvider()).isSameAs(jca.gcm().getProvider());
  }

  @Test
  void saysAtOnceWhatIsMissing() {
    assertThatExceptionOfType(BugException.class)
        .isThrownBy(() -> Jca.of(Security.getProvider("SUN")))
        .withMessage("the provider SUN of this Java has no AES/GCM/NoPadding");
  }
}
