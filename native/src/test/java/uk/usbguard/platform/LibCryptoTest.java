package uk.usbguard.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.crypto.AeadKey;
import uk.usbguard.core.crypto.Argon2Engine;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.GcmCipher;
import uk.usbguard.core.crypto.GcmEngine;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("ENC-01: the system's AES-256-GCM")
class LibCryptoTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] AAD = {1, 2, 3};

  private final byte[] keyBytes = bytes(32, 7);
  private GcmEngine library;
  private AeadKey key;
  private AeadKey jdk;

  @BeforeEach
  void find() throws IOException {
    Optional<GcmEngine> found = LibCrypto.find(Optional.of(OperatingSystem.LINUX));
    assumeTrue(found.isPresent() || isInstalled(), "this system has no OpenSSL 3");
    assertThat(found).as("the system has it, so it is found").isPresent();
    library = found.get();
    key = aead(found);
    jdk = aead(Optional.empty());
  }

  /** As the system's own linker says; only 64 bits count. */
  private static boolean isInstalled() throws IOException {
    if (!Files.isExecutable(Path.of("/sbin/ldconfig"))) {
      return false;
    }
    Process asked = new ProcessBuilder("/sbin/ldconfig", "-p").start();
    try (BufferedReader lines = asked.inputReader(StandardCharsets.UTF_8)) {
      return lines.lines().anyMatch(line -> line.matches("\\s*libcrypto\\.so\\.3 .*64.*"));
    }
  }

  @AfterEach
  void close() {
    if (key != null) {
      key.close();
      jdk.close();
    }
  }

  private static CryptoProfile profile(Optional<GcmEngine> engine) {
    return new StandardProfile(new SecureRandom(), Argon2Engine.bouncyCastle(), engine);
  }

  private AeadKey aead(Optional<GcmEngine> engine) {
    return aead(profile(engine));
  }

  private AeadKey aead(CryptoProfile profile) {
    try (SecretBytes secret = SecretBytes.take(keyBytes.clone())) {
      return profile.aead(secret);
    }
  }

  // NIST CAVP, gcmEncryptExtIV256.rsp, [Keylen = 256] [IVlen = 96] [Taglen = 128].
  @ParameterizedTest(name = "CAVP {0}")
  @CsvSource({
    "PTlen 0 AADlen 0 Count 0, b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4,"
        + "516c33929df5a3284ff463d7, '', '', bdc1ac884d332457a1d2664f168c76f0",
    "PTlen 128 AADlen 0 Count 0, 31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22,"
        + "0d18e06c7c725ac9e362e1ce, 2db5168e932556f8089a0622981d017d, '',"
        + "fa4362189661d163fcd6a56d8bf0405ad636ac1bbedd5cc3ee727dc2ab4a9489",
    "PTlen 128 AADlen 128 Count 0,"
        + "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b,"
        + "ac93a1a6145299bde902f21a, 2d71bcfa914e4ac045b2aa60955fad24,"
        + "1e0889016f67601c8ebea4943bc23ad6,"
        + "8995ae2e6df3dbf96fac7b7137bae67feca5aa77d51d4a0a14d9c51e1da474ab"
  })
  @DisplayName("gives NIST's answers")
  void givesNistsAnswers(
      String name, String keyHex, String iv, String plain, String aad, String sealed) {
    byte[] plainBytes = HEX.parseHex(plain);
    byte[] out = new byte[plainBytes.length + GcmCipher.TAG_LENGTH];
    try (GcmCipher cipher = library.forKey(HEX.parseHex(keyHex))) {
      cipher.seal(HEX.parseHex(iv), HEX.parseHex(aad), plainBytes, 0, plainBytes.length, out, 0);
    }
    assertThat(HEX.formatHex(out)).as(name).isEqualTo(sealed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 4095, 4096, 65_535, 65_536, 66_000, 131_072})
  @DisplayName("opens what Java sealed, and Java opens what it sealed, amid other bytes")
  void agreesWithJava(int length) {
    byte[] plain = bytes(length + 7, length);

    for (int aadLength : new int[] {0, 1, 32, 33, 81, 300}) {
      byte[] aad = bytes(aadLength, 1);
      for (AeadKey from : new AeadKey[] {key, jdk}) {
        AeadKey to = from == key ? jdk : key;
        byte[] sealed = new byte[length + AeadKey.OVERHEAD + 9];
        byte[] opened = new byte[length + 5];

        assertThat(from.seal(aad, plain, 4, length, sealed, 6)).isEqualTo(length + 28);
        assertThat(to.open(aad, sealed, 6, length + 28, opened, 2)).isTrue();

        assertThat(Arrays.copyOfRange(opened, 2, 2 + length))
            .isEqualTo(Arrays.copyOfRange(plain, 4, 4 + length));
        assertThat(new byte[] {sealed[5], sealed[6 + length + 28], opened[1], opened[2 + length]})
            .containsOnly(0);
      }
    }
  }

  @Test
  @DisplayName("ENC-02: opens nothing in which one bit was changed, be it in IV, text or tag")
  void noticesEveryChangedBit() {
    byte[] sealed = sealed(new byte[40]);

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(key.open(AAD, changed, 0, changed.length, new byte[40], 0)).isFalse();
    }
    assertThat(key.open(AAD, sealed, 0, sealed.length, new byte[40], 0)).isTrue();
  }

  @Test
  @DisplayName("ENC-03: opens nothing with other associated data, or of another length")
  void noticesOtherAssociatedDataAndLengths() {
    byte[] sealed = Arrays.copyOf(sealed(new byte[40]), 69);
    byte[] out = new byte[41];

    for (byte[] aad : new byte[][] {{}, {1, 2}, {1, 2, 3, 0}, {1, 2, 4}}) {
      assertThat(key.open(aad, sealed, 0, 68, out, 0)).isFalse();
    }
    for (int length = 0; length <= 69; length++) {
      assertThat(key.open(AAD, sealed, 0, length, out, 0)).isEqualTo(length == 68);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 100, 4096, 65_536})
  @DisplayName("ENC-02: leaves zeros, and no plaintext, where a forged record should go")
  void leavesZerosAfterABadTag(int length) {
    byte[] plain = new byte[length];
    Arrays.fill(plain, (byte) 'p');
    byte[] sealed = sealed(plain);
    sealed[sealed.length - 1] ^= 1;
    byte[] out = new byte[length + 2];
    Arrays.fill(out, (byte) 'o');

    assertThat(key.open(AAD, sealed, 0, sealed.length, out, 1)).isFalse();

    assertThat(Arrays.copyOfRange(out, 1, length + 1)).containsOnly(0);
    assertThat(new byte[] {out[0], out[length + 1]}).containsOnly('o');
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 4096, 65_536, 131_072})
  @DisplayName("opens from one buffer into another what either of them sealed, amid other bytes")
  void betweenBuffers(int length) {
    byte[] plain = bytes(length, length);
    for (CryptoProfile profile :
        List.of(profile(Optional.of(library)), profile(Optional.empty()))) {
      for (AeadKey from : new AeadKey[] {key, jdk}) {
        byte[] record = new byte[length + AeadKey.OVERHEAD];
        from.seal(AAD, plain, 0, length, record, 0);
        ByteBuffer sealed = profile.buffer(record.length + 9).position(3);
        ByteBuffer opened = profile.buffer(length + 5).position(5).limit(5);
        sealed.duplicate().position(6).put(record);
        try (AeadKey to = aead(profile)) {
          assertThat(to.open(AAD, sealed, 6, record.length, opened, 2)).isTrue();
        }

        assertThat(content(opened)).isEqualTo(amid(plain, 2, 3));
        assertThat(sealed.position()).isEqualTo(3);
        assertThat(opened.position()).isEqualTo(opened.limit()).isEqualTo(5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 100, 4096, 65_536})
  @DisplayName(
      "ENC-02: leaves zeros, and no plaintext, in a buffer where a forged record should go")
  void leavesZerosInABuffer(int length) {
    byte[] plain = new byte[length];
    Arrays.fill(plain, (byte) 'p');
    byte[] record = sealed(plain);
    record[record.length - 1] ^= 1;
    for (CryptoProfile profile :
        List.of(profile(Optional.of(library)), profile(Optional.empty()))) {
      ByteBuffer sealed = profile.buffer(record.length);
      sealed.duplicate().put(record);
      ByteBuffer out = profile.buffer(length + 2);
      out.put(0, (byte) 'o').put(length + 1, (byte) 'o');
      try (AeadKey to = aead(profile)) {
        assertThat(to.open(AAD, sealed, 0, record.length, out, 1)).isFalse();
        assertThat(to.open(AAD, sealed, 0, AeadKey.OVERHEAD - 1, out, 1)).isFalse();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> to.open(AAD, sealed, 1, record.length, out, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> to.open(AAD, sealed, 0, record.length, out, 3));
      }

      byte[] expected = new byte[length + 2];
      expected[0] = 'o';
      expected[length + 1] = 'o';
      assertThat(content(out)).isEqualTo(expected);
    }
  }

  private static byte[] content(ByteBuffer buffer) {
    byte[] all = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(all);
    return all;
  }

  private static byte[] amid(byte[] bytes, int before, int after) {
    byte[] all = new byte[before + bytes.length + after];
    System.arraycopy(bytes, 0, all, before, bytes.length);
    return all;
  }

  @Test
  @DisplayName("works in one array, where source and target overlap")
  void oneArray() {
    byte[] plain = "ward 7, bed 12: allergic to penicillin".getBytes(StandardCharsets.US_ASCII);
    byte[] array = Arrays.copyOf(plain, plain.length + AeadKey.OVERHEAD);

    key.seal(AAD, array, 0, plain.length, array, 0);
    assertThat(key.open(AAD, array, 0, array.length, array, 5)).isTrue();

    assertThat(Arrays.copyOfRange(array, 5, 5 + plain.length)).isEqualTo(plain);
  }

  @Test
  @DisplayName("works for many threads at once, which close the key under each other")
  void manyThreads() throws Exception {
    Callable<Integer> work =
        () -> {
          byte[] plain = bytes(1000, 3);
          byte[] sealed = new byte[1028];
          byte[] opened = new byte[1000];
          int done = 0;
          try {
            while (done < 3000) {
              key.seal(AAD, plain, 0, 1000, sealed, 0);
              assertThat(key.open(AAD, sealed, 0, 1028, opened, 0)).isTrue();
              assertThat(opened).isEqualTo(plain);
              done++;
            }
          } catch (IllegalStateException closed) {
            // Not "the cipher is closed": nobody may close one under its user.
            assertThat(closed).hasMessage("the key is closed");
          }
          key.close();
          return done;
        };
    ExecutorService threads = Executors.newFixedThreadPool(24);
    try {
      int most = 0;
      for (Future<Integer> done : threads.invokeAll(Collections.nCopies(24, work))) {
        most = Math.max(most, done.get());
      }
      assertThat(most).isEqualTo(3000);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("does nothing once it is closed, and shows nothing of the key")
  void closed() {
    byte[] sealed = sealed(new byte[10]);
    GcmCipher cipher = library.forKey(keyBytes);
    assertThat(cipher).hasToString("AES-256-GCM, redacted");
    cipher.close();
    cipher.close();
    key.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> cipher.open(AAD, sealed, 0, sealed.length, new byte[10], 0));
    assertThatIllegalStateException().isThrownBy(() -> sealed(new byte[10]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 24, 31, 33})
  @DisplayName("refuses a key that has not 256 bits")
  void otherKeys(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> library.forKey(new byte[length]));
  }

  @Test
  @DisplayName("opens nothing that is shorter than IV and tag, and reads nothing beyond a buffer")
  void shortRecordsAndBounds() {
    ByteBuffer sealed = library.buffer(40);
    ByteBuffer out = library.buffer(12);
    try (GcmCipher cipher = library.forKey(keyBytes)) {
      for (int length = 0; length < AeadKey.OVERHEAD; length++) {
        assertThat(cipher.open(AAD, new byte[40], 0, length, new byte[12], 0)).isFalse();
        assertThat(cipher.open(AAD, sealed, 0, length, out, 0)).isFalse();
      }
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> cipher.open(AAD, sealed, 1, 40, out, 0));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> cipher.open(AAD, sealed, 0, 40, out, 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cipher.open(AAD, sealed, 0, 40, out.asReadOnlyBuffer(), 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cipher.open(AAD, sealed, 0, 40, ByteBuffer.allocate(12), 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cipher.open(AAD, sealed, 0, 40, sealed, 0));
    }
  }

  @Test
  @DisplayName("says which OpenSSL it is, and that it needs no warming up")
  void module() {
    assertThat(library.module()).startsWith("OpenSSL 3.");
    assertThat(library.needsWarmUp()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = OperatingSystem.class, mode = EnumSource.Mode.EXCLUDE, names = "LINUX")
  @DisplayName("is not looked for where libraries do not come from the system")
  void isOnlyLookedForOnLinux(OperatingSystem system) {
    assertThat(LibCrypto.find(Optional.of(system))).isEmpty();
    assertThat(LibCrypto.find(Optional.empty())).isEmpty();
  }

  private byte[] sealed(byte[] plain) {
    byte[] sealed = new byte[plain.length + AeadKey.OVERHEAD];
    key.seal(AAD, plain, 0, plain.length, sealed, 0);
    return sealed;
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
