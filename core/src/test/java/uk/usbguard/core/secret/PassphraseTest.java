package uk.usbguard.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.secret.UnusablePassphraseException.Reason;

class PassphraseTest {

  @Nested
  class Encoding {

    @Test
    @DisplayName("PWD-01: an emoji counts one, also when it needs two UTF-16 units")
    void emojiCountsOne() throws Exception {
      try (Passphrase passphrase = of("a\uD83D\uDC1Fb")) {
        assertThat(passphrase.codePointCount()).isEqualTo(3);
      }
    }

    @Test
    @DisplayName("PWD-01: composed and decomposed forms are the same passphrase")
    void composedEqualsDecomposed() throws Exception {
      try (Passphrase composed = of("caf\u00E9 \u1EAD \uAC01 \u01D6");
          Passphrase decomposed = of("cafe\u0301 a\u0302\u0323 \u1100\u1161\u11A8 u\u0308\u0304")) {
        assertThat(composed.matches(decomposed)).isTrue();
        assertThat(decomposed.codePointCount()).isEqualTo(10);
      }
    }

    @Test
    @DisplayName("PWD-01: 200 characters that differ only in the last are different passphrases")
    void nothingIsCutOff() throws Exception {
      String long199 = "horse and cart ".repeat(14).substring(0, 199);
      try (Passphrase one = of(long199 + "a");
          Passphrase other = of(long199 + "b")) {
        assertThat(one.codePointCount()).isEqualTo(200);
        assertThat(one.matches(other)).isFalse();
      }
    }

    @Test
    @DisplayName("PWD-01: every composition known to this JDK is encoded as NFC")
    void everyComposition() throws Exception {
      int tried = 0;
      for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
          continue;
        }
        String one = Character.toString(codePoint);
        String apart = Normalizer.normalize(one, Normalizer.Form.NFD);
        if (!apart.equals(one)) {
          assertEncodedAsNfc("a" + apart + "b");
          assertEncodedAsNfc(apart + apart);
          assertEncodedAsNfc(one);
          tried++;
        }
      }
      assertThat(tried).isGreaterThan(13_000);
    }

    @Test
    @DisplayName("PWD-01: random mixtures of letters and marks are encoded as NFC")
    void randomMixtures() throws Exception {
      long seed = Long.getLong("seed", System.nanoTime());
      System.out.println("randomMixtures -Dseed=" + seed);
      Random random = new Random(seed);
      int[] firsts = {
        'a', 0x300, 0x380, 0x430, 0x900, 0x9C0, 0x1100, 0x1160, 0x11A8, 0xAC00, 0x1E00
      };
      for (int run = 0; run < 20_000; run++) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
          text.appendCodePoint(firsts[random.nextInt(firsts.length)] + random.nextInt(0x30));
        }
        assertEncodedAsNfc(text.toString());
      }
    }

    private void assertEncodedAsNfc(String text) throws UnusablePassphraseException {
      byte[] expected =
          Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
      assertThat(PassphraseEncoder.encode(text.toCharArray()))
          .as(() -> text.codePoints().mapToObj(Integer::toHexString).toList().toString())
          .isEqualTo(expected);
    }
  }

  @Nested
  class Unusable {

    @Test
    @DisplayName("PWD-01: half a surrogate pair is refused with its position")
    void unpairedSurrogate() {
      assertRefused("ab\uD83D", Reason.UNPAIRED_SURROGATE, 2);
      assertRefused("\uDC1F\uD83D", Reason.UNPAIRED_SURROGATE, 0);
      assertRefused("\uD83D\uDC1Fa\uD83Db", Reason.UNPAIRED_SURROGATE, 2);
    }

    @Test
    @DisplayName("PWD-01: NUL is refused with its position")
    void nul() {
      assertRefused("\uD83D\uDC1F\0", Reason.NUL, 1);
    }

    @Test
    @DisplayName("PWD-01: 1,024 bytes are accepted, 1,025 refused, never cut")
    void cap() throws Exception {
      try (Passphrase longest = of("e\u0301".repeat(512))) {
        assertThat(longest.<Integer, RuntimeException>use(bytes -> bytes.length)).isEqualTo(1024);
      }
      assertRefused("x".repeat(1025), Reason.TOO_LONG, 0);
      assertRefused("\u00E9".repeat(512) + "x", Reason.TOO_LONG, 0);
      assertRefused("\uD83D\uDC1F".repeat(257), Reason.TOO_LONG, 0);
      assertRefused("x".repeat(1_000_000), Reason.TOO_LONG, 0);
    }

    @Test
    @DisplayName("PWD-01: the most compressible text of 1,024 bytes is accepted")
    void theLongestInput() throws Exception {
      try (Passphrase longest = of("u\u0308\u0304".repeat(512))) {
        assertThat(longest.codePointCount()).isEqualTo(512);
      }
    }

    @Test
    @DisplayName("PWD-06: the exception does not hold what was typed")
    void exceptionIsSilent() {
      assertThatExceptionOfType(UnusablePassphraseException.class)
          .isThrownBy(() -> of("canary\0"))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("canary"));
    }

    private void assertRefused(String text, Reason reason, int position) {
      assertThatExceptionOfType(UnusablePassphraseException.class)
          .isThrownBy(() -> of(text).close())
          .satisfies(
              e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.position()).isEqualTo(position);
              });
    }
  }

  @Nested
  class Life {

    @Test
    @DisplayName("PWD-06: the lent bytes are wiped after the call, also when it fails")
    void lentBytesAreWiped() throws Exception {
      byte[][] kept = new byte[2][];
      try (Passphrase passphrase = of("canary")) {
        passphrase.use(bytes -> kept[0] = bytes);
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(
                () ->
                    passphrase.use(
                        bytes -> {
                          kept[1] = bytes;
                          throw new IOException("full");
                        }));
        assertThat(passphrase.<Boolean, RuntimeException>use(bytes -> bytes[0] == 'c')).isTrue();
      }
      assertThat(kept).isEqualTo(new byte[][] {new byte[6], new byte[6]});
    }

    @Test
    @DisplayName("PWD-06: using a closed passphrase is refused, closing it again is not")
    void closed() throws Exception {
      Passphrase passphrase = of("canary");
      Passphrase other = of("canary");
      passphrase.close();
      passphrase.close();
      assertThatIllegalStateException().isThrownBy(passphrase::codePointCount);
      assertThatIllegalStateException().isThrownBy(() -> passphrase.use(bytes -> 1));
      assertThatIllegalStateException().isThrownBy(() -> passphrase.matches(other));
      assertThatIllegalStateException().isThrownBy(() -> other.matches(passphrase));
      other.close();
    }

    @Test
    @DisplayName("PWD-06: it does not print, compare or serialise itself")
    void redacted() throws Exception {
      try (Passphrase passphrase = of("canary");
          Passphrase same = of("canary")) {
        assertThat(passphrase).hasToString("Passphrase[redacted]").isNotEqualTo(same);
        assertThat(passphrase).isNotInstanceOf(Serializable.class);
      }
    }

    @Test
    @DisplayName("PWD-06: the caller's array is left to the caller")
    void callersArray() throws Exception {
      char[] typed = {'a', 'b'};
      Passphrase.of(typed).close();
      assertThat(typed).containsExactly('a', 'b');
    }
  }

  private static Passphrase of(String text) throws UnusablePassphraseException {
    return Passphrase.of(text.toCharArray());
  }
}
