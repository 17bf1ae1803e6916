package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("AUD-02: signatures")
class SigningKeyTest {

  private static final HexFormat HEX = HexFormat.of();

  // openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ec.pem
  // openssl pkey -in ec.pem -pubout -outform DER | base64
  private static final String P384 =
      "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEySlsITUZR6rJs+Vtzc/ayfNTXL92XsF1oLEmeevkyMQfOIddKqBxKC/c"
          + "RaOX6dIiEhO7YO29u0Wtp+fYjm1MDaIKPCe380Qalo0RRsmxUZlPM31iQxstBRhSn9NW+9u7";

  // printf 'usbguard/1 policy\0allow: nothing\n' | openssl dgst -sha384 -sign ec.pem | base64
  private static final String P384_SIGNATURE =
      "MGUCMQDNyt6iai84eYJR7NOxgFjzBvMkhs6mjYgtFrIJdUaSIK0UtSJ8TA38PLjcP/+joI4CMGG9DaFe46IHhdUg"
          + "hAdozHYCvHKkx6/9rt3vQblqEcB9vDA12BTX+k3nVWjEbyvNMg==";

  private static final byte[] MESSAGE =
      "usbguard/1 policy\0allow: nothing\n".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();

  private static PublicVerifyingKey publicKey(byte[] encoded) {
    return PublicVerifyingKey.decode(encoded).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + "'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        + "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + "72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        + "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
  })
  @DisplayName("Ed25519 gives the signatures of RFC 8032, 7.1, tests 1 and 2")
  void givesTheSignaturesOfTheRfc(String seed, String point, String message, String expected) {
    PublicVerifyingKey publicKey =
        publicKey(HEX.parseHex("302a300506032b6570032100" + point)); // RFC 8410, 4
    try (SecretBytes pkcs8 =
            SecretBytes.take(HEX.parseHex("302e020100300506032b657004220420" + seed));
        PrivateSigningKey key = PrivateSigningKey.of(publicKey, pkcs8, random).orElseThrow()) {
      byte[] signature = key.sign(HEX.parseHex(message));

      assertThat(HEX.formatHex(signature)).isEqualTo(expected);
      assertThat(publicKey.verifies(HEX.parseHex(message), signature)).isTrue();
    }
  }

  @Test
  @DisplayName("an ECDSA P-384 signature made by openssl verifies")
  void verifiesWhatOpensslSigned() {
    PublicVerifyingKey key = publicKey(Base64.getDecoder().decode(P384));

    assertThat(key.scheme()).isEqualTo(SignatureScheme.ECDSA_P384);
    assertThat(key.verifies(MESSAGE, Base64.getDecoder().decode(P384_SIGNATURE))).isTrue();
    // openssl pkey -in ec.pem -pubout -outform DER | sha256sum
    assertThat(HEX.formatHex(key.digest()))
        .isEqualTo("229740cd56ecfc68c4f2512bc0aec690eb157f9c5409cfb2da0f3e0ba7c46580");
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void noticesEveryChangedByteOfMessageAndSignature(SignatureScheme scheme) {
    try (PrivateSigningKey key = PrivateSigningKey.generate(scheme, random)) {
      byte[] signature = key.sign(MESSAGE);

      assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();
      for (int i = 0; i < MESSAGE.length; i++) {
        byte[] changed = MESSAGE.clone();
        changed[i] ^= 1;
        assertThat(key.publicKey().verifies(changed, signature)).as("message %d", i).isFalse();
      }
      for (int i = 0; i < signature.length; i++) {
        byte[] changed = signature.clone();
        changed[i] ^= 1;
        assertThat(key.publicKey().verifies(MESSAGE, changed)).as("signature %d", i).isFalse();
      }
      assertThat(key.publicKey().verifies(MESSAGE, new byte[0])).isFalse();
      assertThat(key.publicKey().verifies(MESSAGE, new byte[200])).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void comesBackFromItsEncoding(SignatureScheme scheme) {
    try (PrivateSigningKey key = PrivateSigningKey.generate(scheme, random);
        PrivateSigningKey again =
            PrivateSigningKey.of(publicKey(key.publicKey().encoded()), key.encoded(), random)
                .orElseThrow()) {
      assertThat(key.publicKey().verifies(MESSAGE, again.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void aPrivateKeyIsHeldAgainstItsPublicKey() {
    try (PrivateSigningKey one = PrivateSigningKey.generate(SignatureScheme.ED25519, random);
        PrivateSigningKey other = PrivateSigningKey.generate(SignatureScheme.ED25519, random);
        PrivateSigningKey p384 = PrivateSigningKey.generate(SignatureScheme.ECDSA_P384, random);
        SecretBytes noKey = SecretBytes.take(new byte[48])) {
      assertThat(PrivateSigningKey.of(one.publicKey(), other.encoded(), random)).isEmpty();
      assertThat(PrivateSigningKey.of(one.publicKey(), p384.encoded(), random)).isEmpty();
      assertThat(PrivateSigningKey.of(one.publicKey(), noKey, random)).isEmpty();
    }
  }

  @Test
  void takesNoOtherCurveAndNoOtherEncoding() {
    // openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkey -pubout
    byte[] p256 =
        Base64.getDecoder()
            .decode(
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4vrzBeurAjwYNm6opyEQl/TZseBCjRSwHLX6Nd6JUH2q"
                    + "m9lmmOtBO+2eegnaVyylNtKOXXAqgfUwQj+kCoaqdA==");
    byte[] offTheCurve = Base64.getDecoder().decode(P384);
    offTheCurve[60] ^= 1;
    byte[] longer = Arrays.copyOf(Base64.getDecoder().decode(P384), 121);

    assertThat(PublicVerifyingKey.decode(p256)).isEqualTo(Optional.empty());
    assertThat(PublicVerifyingKey.decode(offTheCurve)).isEqualTo(Optional.empty());
    assertThat(PublicVerifyingKey.decode(longer)).isEqualTo(Optional.empty());
    assertThat(PublicVerifyingKey.decode(new byte[0])).isEqualTo(Optional.empty());
  }

  @Test
  @DisplayName("ENC-13: a closed key signs nothing and prints nothing")
  void aClosedKeySignsNothing() {
    PrivateSigningKey key = PrivateSigningKey.generate(SignatureScheme.ED25519, random);
    key.close();

    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
    assertThat(key.toString()).isEqualTo("PrivateSigningKey[ED25519, redacted]");
  }
}
