package uk.usbguard.core.signing;

import java.util.HexFormat;
import java.util.regex.Pattern;
import uk.usbguard.core.crypto.PublicVerifyingKey;

/** How a public key's digest is written. */
final class Fingerprints {

  private static final Pattern FORM = Pattern.compile("SHA256:[0-9a-f]{64}");

  private Fingerprints() {}

  static String of(PublicVerifyingKey key) {
    return "SHA256:" + HexFormat.of().formatHex(key.digest());
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
