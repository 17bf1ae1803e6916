package uk.usbguard.core.media;

import java.util.Set;
import java.util.regex.Pattern;

/** Which algorithm names of dm-crypt stand for encryption. What is not listed does not. */
final class Ciphers {

  private static final Set<String> HASHES =
      Set.of(
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha512",
          "ripemd160",
          "whirlpool",
          "sha3-256",
          "sha3-512",
          "blake2b-512",
          "blake2s-256");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(aes|serpent|twofish|camellia)-((xts|cbc|lrw)-(plain|plain64|plain64be|benbi|eboiv"
              + "|essiv:sha(1|256|512))|gcm-random|ccm-random)");
  private static final Pattern OTHER =
      Pattern.compile(
          "xchacha(12|20),aes-adiantum-plain64|chacha20-random|aegis(128l?|256)-random");

  private Ciphers() {}

  static boolean isNull(String cipher) {
    return cipher.startsWith("cipher_null") || cipher.contains("(cipher_null");
  }

  static boolean isKnown(String cipherAndMode) {
    return BLOCK.matcher(cipherAndMode).matches() || OTHER.matcher(cipherAndMode).matches();
  }

  static boolean isHash(String name) {
    return HASHES.contains(name);
  }
}
