package uk.usbguard.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.Serializable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

  @Test
  @DisplayName("PWD-06: a taken array is the key, and zeros after close")
  void takenArrayIsWiped() {
    byte[] array = {1, 2, 3};
    SecretBytes key = SecretBytes.take(array);
    assertThat(array).containsExactly(1, 2, 3);
    key.close();
    key.close();
    assertThat(array).containsExactly(0, 0, 0);
  }

  @Test
  @DisplayName("PWD-06: a copied array stays the caller's")
  void copiedArrayIsLeft() {
    byte[] array = {1, 2, 3};
    try (SecretBytes key = SecretBytes.copyOf(array)) {
      array[0] = 9;
      assertThat(key.<Byte, RuntimeException>use(bytes -> bytes[0])).isEqualTo((byte) 1);
    }
    assertThat(array).containsExactly(9, 2, 3);
  }

  @Test
  @DisplayName("PWD-06: the lent bytes are wiped after the call and cannot change the key")
  void lentBytes() {
    try (SecretBytes key = SecretBytes.take(new byte[] {1, 2, 3})) {
      byte[] kept =
          key.<byte[], RuntimeException>use(
              bytes -> {
                bytes[1] = 7;
                return bytes;
              });
      assertThat(kept).containsExactly(0, 0, 0);
      assertThat(key.<Byte, RuntimeException>use(bytes -> bytes[1])).isEqualTo((byte) 2);
    }
  }

  @Test
  @DisplayName("PWD-06: a close during a use lets the use end with the key intact")
  void closeDuringUse() {
    SecretBytes key = SecretBytes.take(new byte[] {1, 2, 3});
    int seen =
        key.<Integer, RuntimeException>use(
            bytes -> {
              key.close();
              return bytes[0] + bytes[1] + bytes[2];
            });
    assertThat(seen).isEqualTo(6);
    assertThatIllegalStateException().isThrownBy(() -> key.use(bytes -> 0));
  }

  @Test
  @DisplayName("PWD-06: a copy has a life of its own")
  void copyOutlives() {
    SecretBytes key = SecretBytes.take(new byte[] {1, 2, 3});
    try (SecretBytes copy = key.copy()) {
      assertThat(copy.matches(key)).isTrue();
      key.close();
      assertThat(copy.<Byte, RuntimeException>use(bytes -> bytes[2])).isEqualTo((byte) 3);
      assertThatIllegalStateException().isThrownBy(key::copy);
      assertThatIllegalStateException().isThrownBy(() -> copy.matches(key));
      assertThatIllegalStateException().isThrownBy(() -> key.matches(copy));
    }
  }

  @Test
  @DisplayName("keys match by their bytes: the last byte and the length count")
  void matches() {
    try (SecretBytes key = SecretBytes.take(new byte[] {1, 2, 3});
        SecretBytes same = SecretBytes.take(new byte[] {1, 2, 3});
        SecretBytes lastDiffers = SecretBytes.take(new byte[] {1, 2, 4});
        SecretBytes shorter = SecretBytes.take(new byte[] {1, 2})) {
      assertThat(key.matches(same)).isTrue();
      assertThat(key.matches(lastDiffers)).isFalse();
      assertThat(key.matches(shorter)).isFalse();
    }
  }

  @Test
  @DisplayName("PWD-06: it does not print, compare or serialise itself, but tells its length")
  void redacted() {
    SecretBytes key = SecretBytes.take(new byte[] {77, 77, 77});
    assertThat(key).hasToString("SecretBytes[3 bytes, redacted]");
    assertThat(key).isNotEqualTo(key.copy()).isNotInstanceOf(Serializable.class);
    key.close();
    assertThat(key.length()).isEqualTo(3);
  }

  @Test
  @DisplayName("a key of no bytes is a bug of the caller")
  void empty() {
    assertThatIllegalArgumentException().isThrownBy(() -> SecretBytes.take(new byte[0]));
  }
}
