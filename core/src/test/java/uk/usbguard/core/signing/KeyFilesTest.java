package uk.usbguard.core.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.signing.SigningException.Reason;

@DisplayName("GOV-03 AUD-02: signing keys and signatures in files")
class KeyFilesTest {

  private static final byte[] CONTENT = "allow: nothing\n".getBytes(StandardCharsets.US_ASCII);

  /** Made by: openssl genpkey -algorithm ed25519 | openssl pkey -pubout. */
  private static final String OPENSSL_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAKXrsQ5iefxaV2m+X8zMAsQUp9cAZUtryphpXwvKmstM=
      -----END PUBLIC KEY-----
      """;

  /** By the same key: openssl pkeyutl -sign -rawin over "usbguard/1 policy\0" and the content. */
  private static final String OPENSSL_SIGNATURE =
      "q5vrXfHRd9cVOnujWIdaPx3Rgn8qZU3cUpkfYkg/XNOvivtBzhYAZ5dqIdREQwx5cuD/j/z0zCcUP0RHnnQoAg==";

  @TempDir private Path folder;
  private final KeyFiles keys = new KeyFiles(new SecureRandom(), new KdfCost(19_456, 2, 1));
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("org.key");
  }

  private static Passphrase phrase(String text) throws Exception {
    return Passphrase.of(text.toCharArray());
  }

  private static void assertRefused(Reason reason, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            SigningException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void aSealedKeyOpensWithItsPassphraseAndSigns(SignatureAlgorithm algorithm) throws Exception {
    try (Passphrase phrase = phrase("violet-harbour-quilt-meadow")) {
      Verifier made = keys.createSealed(file, algorithm, phrase);
      try (StoredKey stored = keys.read(file);
          Signer signer = stored.open(phrase)) {
        byte[] signature = signer.sign(SigningPurpose.POLICY, CONTENT).file();

        assertThat(stored.isSealed()).isTrue();
        assertThat(made.algorithm()).isEqualTo(algorithm);
        assertThat(
                Verifier.parse(made.file())
                    .check(SigningPurpose.POLICY, CONTENT, DetachedSignature.parse(signature)))
            .isEqualTo(Verifier.Outcome.GENUINE);
      }
    }
  }

  @Test
  @DisplayName("KEY-05: without the passphrase the file gives nothing")
  void withoutThePassphraseTheFileGivesNothing() throws Exception {
    try (Passphrase phrase = phrase("violet-harbour-quilt-meadow");
        Passphrase wrong = phrase("violet-harbour-quilt-meadoW")) {
      keys.createSealed(file, SignatureAlgorithm.ED25519, phrase);
      try (StoredKey stored = keys.read(file)) {
        assertRefused(Reason.WRONG_PASSPHRASE, () -> stored.open(wrong));
        assertRefused(Reason.SEALED, stored::open);
        assertThat(Files.readString(file)).doesNotContain("private");
      }
    }
  }

  @Test
  void aServicesKeyOpensWithoutPassphrase() throws Exception {
    Verifier made = keys.createUnsealed(file, SignatureAlgorithm.ED25519);
    try (StoredKey stored = keys.read(file);
        Signer signer = stored.open()) {
      assertThat(signer.verifier().fingerprint()).isEqualTo(made.fingerprint());
      assertThat(stored.isSealed()).isFalse();
    }
  }

  @Test
  @DisplayName("AUD-04: a key file is its owner's only, and is refused if others can read it")
  void aKeyFileIsItsOwnersOnly() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    keys.createUnsealed(file, SignatureAlgorithm.ED25519);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertRefused(Reason.EXPOSED, () -> keys.read(file));
  }

  @Test
  void neverOverwrites() throws Exception {
    Files.writeString(file, "somebody's key");

    assertThatThrownBy(() -> keys.createUnsealed(file, SignatureAlgorithm.ED25519))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("somebody's key");
  }

  @Test
  void everyChangedByteOfAKeyFileIsNoticed() throws Exception {
    keys.createUnsealed(file, SignatureAlgorithm.ED25519);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] changed = good.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(
              () -> {
                try (StoredKey stored = keys.read(file);
                    Signer signer = stored.open()) {
                  signer.sign(SigningPurpose.POLICY, CONTENT);
                }
              })
          .as("byte %d", i)
          .isInstanceOf(SigningException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "usbguard signing key 2\n",
        "usbguard signing key 1\nalgorithm: RSA\n",
        "usbguard signing key 1\nalgorithm: Ed25519\npublic: AAAA\nprivate: AAAA\n"
      })
  void whatIsNoKeyIsRefused(String text) throws Exception {
    Files.writeString(file, text);

    assertRefused(Reason.NOT_A_SIGNING_KEY, () -> keys.read(file));
  }

  @Test
  @DisplayName("the cost of a key derivation is capped before anything is computed")
  void theCostIsCapped() throws Exception {
    try (Passphrase phrase = phrase("violet-harbour-quilt-meadow")) {
      keys.createSealed(file, SignatureAlgorithm.ED25519, phrase);
    }
    String good = Files.readString(file);

    for (String cost : new String[] {"9999999 2 1", "19456 99 1", "1 2 1", "99999999999 2 1"}) {
      Files.writeString(file, good.replace("argon2id 19456 2 1", "argon2id " + cost));
      assertRefused(Reason.NOT_A_SIGNING_KEY, () -> keys.read(file));
    }
    Files.write(file, new byte[10_000_000]);
    assertRefused(Reason.NOT_A_SIGNING_KEY, () -> keys.read(file));
  }

  @Test
  @DisplayName("openssl's public key and signature are ours: the bytes are the documented ones")
  void takesWhatOpensslSigned() throws Exception {
    Verifier verifier = Verifier.parse(OPENSSL_PUBLIC.getBytes(StandardCharsets.US_ASCII));

    assertThat(
            verifier.verifies(
                SigningPurpose.POLICY, CONTENT, Base64.getDecoder().decode(OPENSSL_SIGNATURE)))
        .isTrue();
    // openssl pkey -pubin -in ed.pub -outform DER | sha256sum
    assertThat(verifier.fingerprint())
        .isEqualTo("SHA256:b9189059a73e22ea3d05ca16baa165d74676a6c52745358266f94161bc6a781e");
  }

  @Test
  @DisplayName("GOV-03: a signature is worth nothing for other content, purpose or key")
  void aSignatureIsForOneContentOnePurposeOneKey() throws Exception {
    keys.createUnsealed(file, SignatureAlgorithm.ED25519);
    Verifier other = keys.createUnsealed(folder.resolve("other.key"), SignatureAlgorithm.ED25519);
    try (StoredKey stored = keys.read(file);
        Signer signer = stored.open()) {
      DetachedSignature signature = signer.sign(SigningPurpose.POLICY, CONTENT);
      Verifier verifier = signer.verifier();
      byte[] changed = CONTENT.clone();
      changed[0] ^= 1;

      assertThat(verifier.check(SigningPurpose.POLICY, changed, signature))
          .isEqualTo(Verifier.Outcome.NOT_GENUINE);
      assertThat(verifier.check(SigningPurpose.LOST_LIST, CONTENT, signature))
          .isEqualTo(Verifier.Outcome.OTHER_PURPOSE);
      assertThat(other.check(SigningPurpose.POLICY, CONTENT, signature))
          .isEqualTo(Verifier.Outcome.OTHER_KEY);
      assertThat(verifier.verifies(SigningPurpose.LOST_LIST, CONTENT, signature.bytes())).isFalse();
      assertThat(other.verifies(SigningPurpose.POLICY, CONTENT, signature.bytes())).isFalse();
    }
  }

  @Test
  void everyChangedByteOfASignatureFileIsNoticed() throws Exception {
    keys.createUnsealed(file, SignatureAlgorithm.ED25519);
    try (StoredKey stored = keys.read(file);
        Signer signer = stored.open()) {
      byte[] good = signer.sign(SigningPurpose.POLICY, CONTENT).file();
      for (int i = 0; i < good.length; i++) {
        byte[] changed = good.clone();
        changed[i] ^= 1;
        assertThat(isGenuine(signer.verifier(), changed)).as("byte %d", i).isFalse();
      }
      assertThat(isGenuine(signer.verifier(), good)).isTrue();
    }
  }

  private static boolean isGenuine(Verifier verifier, byte[] signatureFile) {
    try {
      DetachedSignature signature = DetachedSignature.parse(signatureFile);
      return verifier.check(SigningPurpose.POLICY, CONTENT, signature) == Verifier.Outcome.GENUINE;
    } catch (SigningException e) {
      return false;
    }
  }

  @Test
  void whatIsNoPublicKeyIsRefused() {
    assertRefused(Reason.NOT_A_PUBLIC_KEY, () -> Verifier.parse(new byte[0]));
    assertRefused(
        Reason.NOT_A_PUBLIC_KEY,
        () ->
            Verifier.parse((OPENSSL_PUBLIC + OPENSSL_PUBLIC).getBytes(StandardCharsets.US_ASCII)));
  }
}
