package uk.usbguard.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.RecoveryKeyFormatException;
import uk.usbguard.core.secret.UnusablePassphraseException;

/** What people type. Inputs are UTF-16, so that halves of surrogate pairs come too. */
final class TextTargets {

  private TextTargets() {}

  private static char[] chars(byte[] input) {
    char[] chars = new char[input.length / 2];
    ByteBuffer.wrap(input).asCharBuffer().get(chars);
    return chars;
  }

  /** A key that is read is read again, the same, from what it is written as. */
  static void recoveryKey(byte[] input) {
    try (RecoveryKey key = RecoveryKey.parse(chars(input))) {
      byte[] bytes = key.use(byte[]::clone);
      try (RecoveryKey again = RecoveryKey.parse(key.toText())) {
        assertThat(again.<byte[], RuntimeException>use(byte[]::clone)).isEqualTo(bytes);
      }
    } catch (RecoveryKeyFormatException e) {
      // declared
    }
  }

  /** A passphrase that is taken has at most 1,024 bytes, which are UTF-8 and read back the same. */
  static void passphrase(byte[] input) {
    try (Passphrase passphrase = Passphrase.of(chars(input))) {
      byte[] bytes = passphrase.use(byte[]::clone);
      assertThat(bytes).hasSizeLessThanOrEqualTo(Passphrase.MAXIMUM_BYTES);
      String text = new String(bytes, UTF_8);
      assertThat(text.getBytes(UTF_8)).isEqualTo(bytes);
      assertThat(text.codePointCount(0, text.length())).isEqualTo(passphrase.codePointCount());
    } catch (UnusablePassphraseException e) {
      // declared
    }
  }

  /** A path that is read is read again, the same, from what it is written as. */
  static void containerPath(byte[] input) {
    try {
      ContainerPath path = ContainerPath.parse(new String(chars(input)));
      assertThat(ContainerPath.parse(path.toString())).isEqualTo(path).hasSameHashCodeAs(path);
      for (String name : path.names()) {
        assertThat(name.getBytes(UTF_8)).hasSizeBetween(1, 1_024);
        assertThat(ContainerPath.fold(name).getBytes(UTF_8)).hasSizeBetween(1, 1_536);
      }
    } catch (EntryException e) {
      // declared
    }
  }
}
