package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ENC-01: an AES-256-GCM key")
class AeadKeyTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final GcmEngine JDK = new JdkGcm(Jca.ofThisPlatform());
  private static final byte[] AAD = {1, 2, 3};

  private final AeadKey key = new AeadKey(JDK, new SecureRandom(), new byte[32], 0);

  @AfterEach
  void close() {
    key.close();
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
  @DisplayName("gives NIST's answers, with an IV that only the generator can choose (ENC-04)")
  void givesNistsAnswers(
      String name, String keyHex, String iv, String plain, String aad, String sealed) {
    byte[] plainBytes = HEX.parseHex(plain);
    byte[] out = new byte[plainBytes.length + AeadKey.OVERHEAD];
    try (var nistKey =
        new AeadKey(JDK, new GivenRandom(HEX.parseHex(iv)), HEX.parseHex(keyHex), 0)) {
      nistKey.seal(HEX.parseHex(aad), plainBytes, 0, plainBytes.length, out, 0);
    }
    assertThat(HEX.formatHex(out)).as(name).isEqualTo(iv + sealed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 4095, 4096, 65_535, 65_536, 131_072})
  void opensWhatItSealedInTheMiddleOfOtherBytes(int length) {
    byte[] plain = new byte[length + 7];
    new Random(length).nextBytes(plain);
    byte[] sealed = new byte[length + AeadKey.OVERHEAD + 9];
    byte[] opened = new byte[length + 5];

    assertThat(key.seal(AAD, plain, 4, length, sealed, 6)).isEqualTo(length + 28);

    assertThat(key.open(AAD, sealed, 6, length + 28, opened, 2)).isTrue();
    assertThat(Arrays.copyOfRange(opened, 2, 2 + length))
        .isEqualTo(Arrays.copyOfRange(plain, 4, 4 + length));
    assertThat(new byte[] {sealed[5], sealed[6 + length + 28], opened[1], opened[2 + length]})
        .containsOnly(0);
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
  }

  @Test
  @DisplayName("ENC-03: opens nothing with other associated data or under another key")
  void noticesOtherAssociatedDataAndAnotherKey() {
    byte[] sealed = sealed(new byte[40]);
    byte[] out = new byte[40];

    for (byte[] aad : new byte[][] {{}, {1, 2}, {1, 2, 3, 0}, {1, 2, 4}}) {
      assertThat(key.open(aad, sealed, 0, sealed.length, out, 0)).isFalse();
    }
    byte[] otherBytes = new byte[32];
    otherBytes[31] = 1;
    try (var other = new AeadKey(JDK, new SecureRandom(), otherBytes, 0)) {
      assertThat(other.open(AAD, sealed, 0, sealed.length, out, 0)).isFalse();
    }
  }

  @Test
  @DisplayName("ENC-03: opens nothing that is cut off or goes on too long")
  void noticesEveryOtherLength() {
    byte[] sealed = Arrays.copyOf(sealed(new byte[40]), 69);

    for (int length = 0; length <= 69; length++) {
      assertThat(key.open(AAD, sealed, 0, length, new byte[41], 0)).isEqualTo(length == 68);
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

  @Test
  @DisplayName("ENC-02: leaves no plaintext even if source and target are one array")
  void leavesNoPlaintextInASharedArray() {
    byte[] plain = new byte[4096];
    Arrays.fill(plain, (byte) 'p');

    for (int target : new int[] {0, 5, 12, 13}) {
      byte[] sealed = Arrays.copyOf(sealed(plain), 5000);
      sealed[30] ^= 1;
      assertThat(key.open(AAD, sealed, 0, 4096 + 28, sealed, target)).isFalse();
      assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("pppp");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65_536})
  @DisplayName("ENC-02: opens from one buffer into another, or leaves zeros there and nothing else")
  void betweenBuffers(int length) {
    byte[] plain = new byte[length];
    Arrays.fill(plain, (byte) 'p');
    byte[] record = sealed(plain);
    ByteBuffer sealed = JDK.buffer(record.length + 9).position(2).limit(4);
    sealed.duplicate().clear().position(6).put(record);
    ByteBuffer out = JDK.buffer(length + 5).position(1).limit(1);

    assertThat(key.open(AAD, sealed, 6, record.length, out, 2)).isTrue();
    assertThat(all(out)).isEqualTo(amid(plain, 2, 3));

    sealed.clear().put(6 + record.length - 1, (byte) ~record[record.length - 1]);
    assertThat(key.open(AAD, sealed, 6, record.length, out, 2)).isFalse();
    assertThat(key.open(AAD, sealed, 6, AeadKey.OVERHEAD - 1, out, 2)).isFalse();
    assertThat(all(out)).isEqualTo(new byte[length + 5]);
    assertThat(out.position()).isEqualTo(out.limit()).isEqualTo(1);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> key.open(AAD, sealed, 10, record.length, out, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> key.open(AAD, sealed, 6, record.length, out, 6));
  }

  private static byte[] all(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(bytes);
    return bytes;
  }

  private static byte[] amid(byte[] bytes, int before, int after) {
    byte[] whole = new byte[before + bytes.length + after];
    System.arraycopy(bytes, 0, whole, before, bytes.length);
    return whole;
  }

  @Test
  @DisplayName("ENC-01: the JDK's cipher takes no key but one of 256 bits, and opens no stump")
  void guardsOfTheJdksCipher() {
    for (int length : new int[] {0, 16, 24, 33}) {
      assertThatIllegalArgumentException().isThrownBy(() -> JDK.forKey(new byte[length]));
    }
    try (GcmCipher cipher = JDK.forKey(new byte[32])) {
      assertThat(cipher.open(AAD, new byte[40], 0, AeadKey.OVERHEAD - 1, new byte[12], 0))
          .isFalse();
      assertThat(cipher).hasToString("AES-256-GCM, redacted");
    }
  }

  @Test
  @DisplayName("ENC-04: a million records have a million IVs")
  void neverRepeatsAnIv() {
    byte[] out = new byte[AeadKey.OVERHEAD];
    // 64 of the 96 bits tell them apart: by chance, two are equal once in 37 million runs.
    long[] beginnings = new long[1_000_000];
    for (int i = 0; i < beginnings.length; i++) {
      key.seal(AAD, out, 0, 0, out, 0);
      beginnings[i] = ByteBuffer.wrap(out).getLong();
    }
    assertThat(Arrays.stream(beginnings).distinct().count()).isEqualTo(beginnings.length);
    assertThat(key.recordsSealed()).isEqualTo(beginnings.length);
  }

  @Test
  @DisplayName("ENC-04: draws IVs in blocks and gives each to one record only, over many blocks")
  void givesEachDrawnIvToOneRecord() {
    byte[] given = new byte[12 * 200];
    for (int i = 0; i < 200; i++) {
      ByteBuffer.wrap(given).putInt(12 * i + 8, i + 1);
    }
    byte[] out = new byte[AeadKey.OVERHEAD];
    try (var counting = new AeadKey(JDK, new GivenRandom(given), new byte[32], 0)) {
      for (int i = 0; i < 200; i++) {
        counting.seal(AAD, out, 0, 0, out, 0);
        assertThat(ByteBuffer.wrap(out).getInt(8)).isEqualTo(i + 1);
      }
    }
  }

  @Test
  @DisplayName("ENC-04: no way in takes an IV")
  void hasNoWayInForAnIv() {
    assertThat(Stream.of(AeadKey.class.getMethods()).filter(m -> m.getName().equals("seal")))
        .singleElement()
        .satisfies(
            seal ->
                assertThat(seal.getParameterTypes())
                    .containsExactly(
                        byte[].class, byte[].class, int.class, int.class, byte[].class, int.class));
    assertThat(AeadKey.class.getConstructors()).isEmpty();
  }

  @Test
  @DisplayName("ENC-05: seals 2^32 records and not one more")
  void stopsAtTheLimitOfRandomIvs() {
    byte[] out = new byte[AeadKey.OVERHEAD];
    try (var old = new AeadKey(JDK, new SecureRandom(), new byte[32], (1L << 32) - 1)) {
      old.seal(AAD, out, 0, 0, out, 0);
      assertThatIllegalStateException().isThrownBy(() -> old.seal(AAD, out, 0, 0, out, 0));
      assertThat(old.open(AAD, out, 0, out.length, out, 0)).isTrue();
    }
  }

  @Test
  void worksForManyThreadsAtOnce() throws Exception {
    Callable<Boolean> work =
        () -> {
          byte[] plain = new byte[1000];
          byte[] sealed = new byte[1028];
          byte[] opened = new byte[1000];
          boolean good = true;
          for (int i = 0; i < 2000; i++) {
            Arrays.fill(plain, (byte) i);
            key.seal(AAD, plain, 0, 1000, sealed, 0);
            good &= key.open(AAD, sealed, 0, 1028, opened, 0) && Arrays.equals(plain, opened);
          }
          return good;
        };
    var threads = Executors.newFixedThreadPool(24);
    try {
      for (var done : threads.invokeAll(Collections.nCopies(24, work))) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void doesNothingOnceItIsClosed() {
    byte[] sealed = sealed(new byte[10]);
    key.close();
    key.close();

    assertThatIllegalStateException().isThrownBy(() -> sealed(new byte[10]));
    assertThatIllegalStateException()
        .isThrownBy(() -> key.open(AAD, sealed, 0, sealed.length, new byte[10], 0));
    assertThat(key).hasToString("AeadKey[redacted]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 24, 31, 33})
  @DisplayName("ENC-01: is refused unless it has 256 bits")
  void refusesAKeyOfAnotherLength(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AeadKey(JDK, new SecureRandom(), new byte[length], 0));
  }

  @Test
  void refusesATargetThatIsTooShort() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> key.seal(AAD, new byte[10], 0, 10, new byte[37], 0));
    byte[] sealed = sealed(new byte[10]);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> key.open(AAD, sealed, 0, 38, new byte[9], 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> key.open(AAD, sealed, 1, 38, new byte[10], 0));
  }

  private byte[] sealed(byte[] plain) {
    byte[] sealed = new byte[plain.length + AeadKey.OVERHEAD];
    key.seal(AAD, plain, 0, plain.length, sealed, 0);
    return sealed;
  }
}
