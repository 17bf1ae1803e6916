package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;

@DisplayName("The key area")
class KeyAreaCodecTest {

  private static final KeyArea AREA = KeyAreaSamples.everyKindOfSlot();

  /** Offset of a slot, as docs/format.md, section 2, gives it. */
  private static int slot(int number) {
    return 4096 + 1024 * number;
  }

  private final byte[] encoded = KeyAreaSamples.encoded(AREA);

  @Test
  void decodesToWhatWasEncodedAndBackToTheSameBytes() throws Exception {
    UnverifiedKeyArea decoded = KeyAreaCodec.decode(encoded, 1);

    assertThat(decoded.copy()).isEqualTo(1);
    assertThat(decoded.claimedContainer()).isEqualTo(AREA.container());
    assertThat(decoded.claimedKeyGeneration()).isEqualTo(7);
    assertThat(decoded.claimedMasterKeyMade()).isEqualTo(AREA.masterKeyMade());
    assertThat(decoded.claimedSlots()).isEqualTo(AREA.slots());
    KeyArea verified = decoded.verify(KeyAreaSamples.bytes(32, 77)).orElseThrow();
    assertThat(verified).isEqualTo(AREA);
    assertThat(KeyAreaSamples.encoded(verified)).isEqualTo(encoded);
  }

  @Test
  void isNotVerifiedByAnotherMac() throws Exception {
    UnverifiedKeyArea decoded = KeyAreaCodec.decode(encoded, 0);

    for (int i = 0; i < 32; i++) {
      byte[] mac = KeyAreaSamples.bytes(32, 77);
      mac[i] ^= 1;
      assertThat(decoded.verify(mac)).isEmpty();
    }
    assertThat(decoded.verify(new byte[0])).isEmpty();
    assertThat(decoded.verify(KeyAreaSamples.bytes(31, 77))).isEmpty();
  }

  @Test
  @DisplayName("stands where docs/format.md says, field by field")
  void standsWhereTheFormatSays() {
    ByteBuffer at = ByteBuffer.wrap(encoded);

    assertThat(encoded).hasSize(24_576);
    assertThat(Arrays.copyOf(encoded, 12))
        .containsExactly(0x55, 0x47, 0x43, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 1, 1, 0);
    assertThat(at.getInt(12)).isEqualTo(4096);
    assertThat(Arrays.copyOfRange(encoded, 16, 32)).isEqualTo(KeyAreaSamples.ID.toBytes());
    assertThat(at.getLong(32)).isEqualTo(7);
    assertThat(at.getLong(40)).isEqualTo(1_790_000_060);
    assertThat(at.getLong(48)).isEqualTo(1_790_000_000);
    assertThat(at.getInt(56)).isEqualTo(4095);
    assertThat(at.getShort(60)).isEqualTo((short) 16);
    assertThat(at.getShort(62)).isEqualTo((short) 1024);
    assertThat(at.getInt(64)).isEqualTo(1);
    assertThat(new int[] {at.getInt(slot(0)), at.getInt(slot(2)), at.getInt(slot(9))})
        .containsExactly(0x01010000, 0x01020000, 0x03040000);
    assertThat(new int[] {at.getInt(slot(0) + 4), at.getInt(slot(0) + 8), at.getInt(slot(0) + 12)})
        .containsExactly(65_536, 3, 4);
    assertThat(new int[] {at.getInt(slot(2) + 4), at.getInt(slot(2) + 8)})
        .containsExactly(600_000, 0);
    assertThat(at.getLong(slot(15) + 16)).isEqualTo(1_790_000_000);
    assertField(slot(15) + 24, 16, 5);
    assertField(slot(15) + 40, 32, 55);
    assertField(slot(15) + 72, 32, 105);
    assertField(slot(15) + 104, 40, 155);
    assertThat(at.getShort(slot(15) + 144)).isEqualTo((short) 848);
    assertField(slot(15) + 146, 848, 205);
    assertField(20_480, 32, 77);
  }

  @Test
  @DisplayName("ENC-02: with any one byte changed in any way is refused")
  void withAnyByteChangedIsRefused() {
    long accepted =
        IntStream.range(0, encoded.length)
            .flatMap(i -> IntStream.of(0x01, 0x80, 0xFF).map(mask -> i << 8 | mask))
            .filter(change -> decodes(changed(change >> 8, change & 0xFF)))
            .count();

    assertThat(accepted).isZero();
  }

  @Test
  @DisplayName("ENC-02: has no byte that is unused and may be other than zero")
  void unusedBytesMustBeZero() {
    byte[] empty = KeyAreaSamples.encoded(KeyAreaSamples.area(new TreeMap<>()));
    int[] unused =
        IntStream.concat(
                IntStream.concat(IntStream.of(11), IntStream.range(68, 20_480)),
                IntStream.range(20_516, 24_576))
            // the type of an empty slot is not unused
            .filter(i -> i < 4096 || i >= 20_480 || i % 1024 != 0)
            .toArray();
    for (int i : unused) {
      byte[] changed = empty.clone();
      changed[i] = 1;
      assertThat(decodes(KeyAreaSamples.withCrc(changed))).as("byte %d", i).isFalse();
    }
  }

  @Nested
  @DisplayName("ENC-06, ENC-07: refuses")
  class Refuses {

    @ParameterizedTest(name = "{0} at its bound {1}, and takes that bound")
    @CsvSource({
      "Argon2id memory below the floor, 4100, 19456, -1",
      "Argon2id memory above the cap, 4100, 1048576, 1",
      "Argon2id passes below the floor, 4104, 2, -1",
      "Argon2id passes above the cap, 4104, 16, 1",
      "Argon2id lanes below the floor, 4108, 1, -1",
      "Argon2id lanes above the cap, 4108, 16, 1",
      "PBKDF2 iterations below the floor, 6148, 220000, -1",
      "PBKDF2 iterations above the cap, 6148, 10000000, 1",
      "a segment that is too small, 56, 4, -1",
      "a segment that is too large, 56, 4095, 1"
    })
    void whatIsOneBeyondABound(String what, int offset, int bound, int step) throws Exception {
      assertThat(KeyAreaCodec.decode(with(offset, bound), 0)).as(what).isNotNull();

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(with(offset, bound + step), 0))
          .satisfies(e -> assertThat(e.claimed()).isEqualTo(bound + step))
          .satisfies(e -> assertThat(e.limit()).isEqualTo(bound));
    }

    @ParameterizedTest
    @ValueSource(ints = {16 * 1024 * 1024, Integer.MIN_VALUE, -1})
    @DisplayName("16 GiB and more of memory, at once and without allocating it")
    void sixteenGibibytes(int memoryKib) {
      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(with(slot(0) + 4, memoryKib), 0))
          .satisfies(e -> assertThat(e.claimed()).isEqualTo(Integer.toUnsignedLong(memoryKib)));
    }

    @Test
    void passphraseSlotsThatTogetherCostTooMuch() throws Exception {
      var slots = new TreeMap<Integer, KeySlotData>();
      for (int i = 0; i < 4; i++) {
        var kdf = new SlotKdf.Argon2id(1_048_576, 2, 1);
        slots.put(i, KeyAreaSamples.slot(SlotType.PASSPHRASE, kdf, i, 0));
      }
      byte[] atTheLimit = KeyAreaSamples.encoded(KeyAreaSamples.area(slots));
      assertThat(KeyAreaCodec.decode(atTheLimit, 0)).isNotNull();

      ByteBuffer.wrap(atTheLimit).putInt(slot(3) + 8, 3);

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(atTheLimit), 0))
          .satisfies(e -> assertThat(e.limit()).isEqualTo(8_388_608));
    }

    @Test
    void aNinthPassphraseSlot() throws Exception {
      var slots = new TreeMap<Integer, KeySlotData>();
      for (int i = 0; i < 8; i++) {
        var kdf = new SlotKdf.Argon2id(65_536, 3, 4);
        slots.put(i, KeyAreaSamples.slot(SlotType.PASSPHRASE, kdf, i, 0));
      }
      byte[] eight = KeyAreaSamples.encoded(KeyAreaSamples.area(slots));
      assertThat(KeyAreaCodec.decode(eight, 0)).isNotNull();

      System.arraycopy(eight, slot(0), eight, slot(8), 1024);

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(eight), 0))
          .withMessageContaining("passphrase slots 9");
    }

    @ParameterizedTest
    @CsvSource({"32, 0", "32, 2147483649", "32, -1", "40, -1", "48, 253402300800", "4112, -1"})
    void aGenerationOrATimeThatNoWriterMade(int offset, long value) {
      byte[] changed = encoded.clone();
      ByteBuffer.wrap(changed).putLong(offset, value);

      assertThatExceptionOfType(LimitExceededException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(changed), 0));
    }

    @ParameterizedTest(name = "{2} {1}")
    @CsvSource({
      "10, 0, PROFILE",
      "10, 3, PROFILE",
      "4096, 5, SLOT_TYPE",
      "4097, 5, KEY_DERIVATION",
      "4097, 0, KEY_DERIVATION",
      "64, 128, FLAGS",
      "67, 2, FLAGS"
    })
    void whatThisReleaseDoesNotKnow(int offset, int value, What what) {
      byte[] changed = changed(offset, encoded[offset] ^ value);
      if (what == What.KEY_DERIVATION) {
        Arrays.fill(changed, slot(0) + 4, slot(0) + 16, (byte) 0);
      }

      assertThatExceptionOfType(UnsupportedFormatException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(changed), 0))
          .satisfies(e -> assertThat(e.what()).isEqualTo(what));
    }

    @Test
    void aDerivationThatDoesNotFitTheSlot() {
      byte[] changed =
          changed(slot(3), 1); // a recovery slot, 2, says that it is an organisation's, 3

      assertThatExceptionOfType(UnsupportedFormatException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(changed), 0));
    }

    @Test
    void aPublicPartThatIsTooLongOrThatNobodyNeeds() {
      for (int offset : new int[] {slot(15) + 144, slot(0) + 144}) {
        byte[] changed = encoded.clone();
        ByteBuffer.wrap(changed)
            .putShort(offset, (short) (ByteBuffer.wrap(encoded).getShort(offset) + 1));

        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(changed), 0))
            .withMessageContaining("public part");
      }
    }

    @ParameterizedTest
    @CsvSource({"15, block size is", "61, number of slots is", "63, slot size is"})
    void anotherLayout(int offset, String detail) {
      assertThatExceptionOfType(DamagedContainerException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.withCrc(changed(offset, 1)), 0))
          .withMessageContaining(detail);
    }

    @Test
    void anotherVersionBeforeAnythingElseOfItIsRead() {
      byte[] newer = KeyAreaSamples.bytes(24_576, 0xFF);
      System.arraycopy(encoded, 0, newer, 0, 8);
      newer[8] = 0;
      newer[9] = 2;

      assertThatExceptionOfType(UnsupportedFormatException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(newer, 0))
          .withMessage("unsupported FORMAT_VERSION 2");
    }

    @Test
    void zerosAndOtherFiles() {
      assertThatThrownBy(() -> KeyAreaCodec.decode(new byte[24_576], 0))
          .isInstanceOf(NotAContainerException.class);
      assertThatThrownBy(() -> KeyAreaCodec.decode(KeyAreaSamples.bytes(24_576, 'x'), 0))
          .isInstanceOf(NotAContainerException.class);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KeyAreaCodec.decode(new byte[24_575], 0));
    }

    @Test
    void aWrongCrcAndSaysWhere() {
      assertThatExceptionOfType(DamagedContainerException.class)
          .isThrownBy(() -> KeyAreaCodec.decode(changed(5000, 1), 1))
          .satisfies(e -> assertThat(e.position()).isEqualTo(1_048_576 + 20_512))
          .satisfies(e -> assertThat(e.part()).isEqualTo(DamagedContainerException.Part.KEY_AREA));
    }
  }

  private void assertField(int offset, int length, int value) {
    assertThat(Arrays.copyOfRange(encoded, offset, offset + length))
        .isEqualTo(KeyAreaSamples.bytes(length, value));
  }

  private byte[] changed(int offset, int mask) {
    byte[] changed = encoded.clone();
    changed[offset] ^= (byte) mask;
    return changed;
  }

  private byte[] with(int offset, int value) {
    byte[] changed = encoded.clone();
    ByteBuffer.wrap(changed).putInt(offset, value);
    return KeyAreaSamples.withCrc(changed);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      KeyAreaCodec.decode(bytes, 0);
      return true;
    } catch (ContainerException refused) {
      return false;
    }
  }
}
