package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.security.Security;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("The standard profile")
class StandardProfileTest {

  private final CryptoProfile profile = new StandardProfile(new SecureRandom());

  @Test
  @DisplayName("ENC-10: names its modules and claims nothing")
  void namesItsModules() {
    assertThat(profile.id()).isEqualTo(1);
    assertThat(profile.modules())
        .startsWith("SunJCE ")
        .contains("Bouncy Castle")
        .doesNotContainIgnoringCase("certif");
  }

  @Test
  @DisplayName("registers no provider: that costs more than a second")
  void registersNoProvider() throws Exception {
    try (Passphrase passphrase = Passphrase.of("correct horse battery".toCharArray())) {
      profile.passphraseKey(passphrase, new KdfCost(19_456, 2, 1), new byte[16], 64).close();
    }
    assertThat(Stream.of(Security.getProviders()).map(p -> p.getName())).doesNotContain("BC");
  }

  @Test
  @DisplayName("ENC-06: a passphrase gives another key with another salt, cost or length of salt")
  void saltAndCostChangeTheKey() throws Exception {
    var salt = new byte[16];
    var otherSalt = new byte[16];
    otherSalt[15] = 1;
    try (Passphrase passphrase = Passphrase.of("correct horse battery".toCharArray());
        SecretBytes key = profile.passphraseKey(passphrase, new KdfCost(19_456, 2, 1), salt, 64);
        SecretBytes same = profile.passphraseKey(passphrase, new KdfCost(19_456, 2, 1), salt, 64);
        SecretBytes lanes = profile.passphraseKey(passphrase, new KdfCost(19_456, 2, 2), salt, 64);
        SecretBytes salted =
            profile.passphraseKey(passphrase, new KdfCost(19_456, 2, 1), otherSalt, 64)) {
      assertThat(key.matches(same)).isTrue();
      assertThat(key.matches(lanes)).isFalse();
      assertThat(key.matches(salted)).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> profile.passphraseKey(passphrase, KdfCost.DEFAULT, new byte[15], 64));
    }
  }

  @Test
  void wrapsAndUnwraps() {
    try (SecretBytes kek = profile.randomKey(32);
        SecretBytes key = profile.randomKey(32);
        SecretBytes unwrapped = profile.unwrap(kek, profile.wrap(kek, key)).orElseThrow()) {
      assertThat(unwrapped.matches(key)).isTrue();
      assertThat(profile.unwrap(key, profile.wrap(kek, key))).isEmpty();
    }
  }

  @Test
  void sealsUnderTheKeyItIsGiven() {
    byte[] sealed = new byte[29];
    SecretBytes bytes = profile.randomKey(32);
    try (AeadKey key = profile.aead(bytes);
        AeadKey again = profile.aead(bytes)) {
      bytes.close(); // the keys made from it live on
      key.seal(new byte[0], new byte[] {7}, 0, 1, sealed, 0);
      byte[] opened = new byte[1];
      assertThat(again.open(new byte[0], sealed, 0, 29, opened, 0)).isTrue();
      assertThat(opened).containsExactly(7);
    }
  }

  @Test
  @DisplayName("ENC-06: a thousand salts are distinct")
  void aThousandSaltsAreDistinct() {
    var salts = new HashSet<ByteBuffer>();
    for (int i = 0; i < 1000; i++) {
      salts.add(ByteBuffer.wrap(profile.randomBytes(32)));
    }
    assertThat(salts).hasSize(1000);
  }

  @Test
  void warmingUpStopsWhenItIsInterrupted() {
    var drawn = new int[1];
    var random =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            drawn[0]++;
          }
        };
    var interrupted = new StandardProfile(random);
    Thread.currentThread().interrupt();

    interrupted.warmUp(CryptoProfile.Work.SEALING);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(drawn[0]).isEqualTo(2); // the key, and IVs for one record
  }

  @ParameterizedTest
  @EnumSource
  void warmingUpIsDoneOnceForEachWork(CryptoProfile.Work work) {
    var drawn = new AtomicLong();
    var counted =
        new StandardProfile(
            new SecureRandom() {
              private static final long serialVersionUID = 1L;

              @Override
              public void nextBytes(byte[] bytes) {
                drawn.incrementAndGet();
                super.nextBytes(bytes);
              }
            });

    counted.warmUp(work);
    long first = drawn.get();
    counted.warmUp(work);

    assertThat(first).isGreaterThanOrEqualTo(2);
    assertThat(drawn.get()).isEqualTo(first);
  }
}
