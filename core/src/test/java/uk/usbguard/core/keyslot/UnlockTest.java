package uk.usbguard.core.keyslot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static uk.usbguard.core.keyslot.KeySlotFixture.CHEAPEST;
import static uk.usbguard.core.keyslot.KeySlotFixture.copies;
import static uk.usbguard.core.keyslot.KeySlotFixture.passphrase;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.crypto.CountingRandom;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.KeyAreaSamples;
import uk.usbguard.core.format.KeySlotData;
import uk.usbguard.core.format.ProfileId;
import uk.usbguard.core.format.SlotKdf;
import uk.usbguard.core.format.SlotType;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("Unlocking")
class UnlockTest {

  private KeySlotFixture fixture;

  @BeforeEach
  void createKeyArea() throws Exception {
    fixture = new KeySlotFixture(new CountingRandom(), new CountingRandom());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @DisplayName("starts from the bytes that a program made which knows nothing but docs/format.md")
  void startsFromTheBytesOfAnIndependentProgram() throws Exception {
    // python3 core/src/test/resources/uk/usbguard/core/keyslot/key_area.py
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(fixture.first.bytes().toBytes());

    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("a252526889e225c3441ea4a0a1debde1c44aec8a4b9ccf94f3556855bc0f69e6");
  }

  @Test
  void opensWithThePassphrase() throws Exception {
    try (UnlockedKeyArea unlocked =
        fixture.keySlots.unlock(copies(fixture.first, fixture.first), fixture.passphrase)) {
      assertThat(unlocked.master().matches(fixture.master)).isTrue();
      assertThat(unlocked.slot()).isZero();
      assertThat(unlocked.area()).isEqualTo(fixture.area());
      assertThat(unlocked.copiesToRewrite()).isEmpty();
    }
  }

  @Test
  @DisplayName("PWD-01: opens with the passphrase typed as decomposed characters")
  void opensWithTheDecomposedPassphrase() throws Exception {
    try (Passphrase decomposed = passphrase("Zwo\u0308lf Boxka\u0308mpfer jagen Eva");
        UnlockedKeyArea unlocked = fixture.keySlots.unlock(copies(fixture.first), decomposed)) {
      assertThat(unlocked.slot()).isZero();
    }
  }

  @Test
  void opensWithTheRecoveryKeyAsItStandsOnPaper() throws Exception {
    try (RecoveryKey typed = RecoveryKey.parse(fixture.recoveryKey.toText());
        UnlockedKeyArea unlocked = fixture.keySlots.unlock(copies(fixture.first), typed)) {
      assertThat(unlocked.master().matches(fixture.master)).isTrue();
      assertThat(unlocked.slot()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("the key outlives the search, and ends with what it was lent by")
  void wipesTheKeyWhenItIsClosed() throws Exception {
    UnlockedKeyArea unlocked = fixture.keySlots.unlock(copies(fixture.first), fixture.recoveryKey);
    SecretBytes master = unlocked.master();
    assertThat(master.matches(fixture.master)).isTrue();

    unlocked.close();

    assertThatIllegalStateException().isThrownBy(() -> master.matches(fixture.master));
  }

  @ParameterizedTest(name = "byte {0}")
  @ValueSource(ints = {4096 + 40, 4096 + 72, 4096 + 103, 4096 + 104, 4096 + 143})
  @DisplayName("says the same for a wrong passphrase and for a damaged salt, check value or wrap")
  void saysTheSameForAWrongPassphraseAndADamagedSlot(int offset) throws Exception {
    byte[] damaged = fixture.first.bytes().toBytes();
    damaged[offset] ^= 1;
    KeyAreaSamples.withCrc(damaged);
    ContainerException wrongSlot;
    ContainerException wrongPassphrase;
    try (Passphrase wrong = passphrase("Zw\u00f6lf Boxk\u00e4mpfer jagen Ewa")) {
      wrongSlot = failure(copies(damaged), fixture.passphrase);
      wrongPassphrase = failure(copies(fixture.first), wrong);
    }

    assertThat(wrongSlot).isExactlyInstanceOf(WrongKeyException.class);
    assertThat(wrongPassphrase).isExactlyInstanceOf(WrongKeyException.class);
    assertThat(wrongSlot).hasMessage(wrongPassphrase.getMessage()).hasNoCause();
    assertThat(wrongPassphrase).hasNoCause();
  }

  @Test
  @DisplayName("ENC-02: no byte of header, slots or MAC can be changed, even if the CRC is redone")
  void acceptsNoForgery() throws Exception {
    byte[] good = fixture.first.bytes().toBytes();
    try (SecretBytes macKey =
        new KeySchedule(fixture.profile, fixture.area().container().id().toBytes())
            .macKey(fixture.master)) {
      int refused = 0;
      for (int i = 0; i < 20_512; i++) {
        byte[] forged = good.clone();
        forged[i] ^= 0x01;
        refused += isGenuine(KeyAreaSamples.withCrc(forged), macKey) ? 0 : 1;
      }
      assertThat(isGenuine(good, macKey)).isTrue();
      assertThat(refused).isEqualTo(20_512);
    }
  }

  @Nested
  @DisplayName("with copies that differ")
  class WithCopiesThatDiffer {

    @Test
    @DisplayName("takes the good copy, and says which one is forged")
    void takesTheGoodCopy() throws Exception {
      byte[] forged = fixture.first.bytes().toBytes();
      forged[59] ^= 1; // segment size
      KeyAreaSamples.withCrc(forged);

      for (int bad = 0; bad < 2; bad++) {
        byte[][] areas = new byte[2][];
        areas[bad] = forged;
        areas[1 - bad] = fixture.first.bytes().toBytes();
        try (UnlockedKeyArea unlocked =
            fixture.keySlots.unlock(copies(areas), fixture.recoveryKey)) {
          assertThat(unlocked.area()).isEqualTo(fixture.area());
          assertThat(unlocked.copiesToRewrite()).containsExactly(bad);
        }
      }
    }

    @Test
    @DisplayName("is damaged if a slot opens, but no copy has the right MAC")
    void isDamagedIfNoMacIsRight() throws Exception {
      byte[] forged = fixture.first.bytes().toBytes();
      forged[59] ^= 1;
      KeyAreaSamples.withCrc(forged);

      assertThatExceptionOfType(DamagedContainerException.class)
          .isThrownBy(() -> fixture.keySlots.unlock(copies(forged, forged), fixture.recoveryKey))
          .satisfies(e -> assertThat(e.part()).isEqualTo(DamagedContainerException.Part.KEY_AREA));
    }

    @Test
    @DisplayName("KEY-01: after a pull-out in a passphrase change, opens with the new one only")
    void afterAPullOutOpensWithTheNewOneOnly() throws Exception {
      try (Passphrase changed = passphrase("correct horse battery staple")) {
        SealedKeyArea second =
            fixture.keySlots.replacePassphrase(
                fixture.area(), fixture.master, 0, changed, CHEAPEST);

        List<UnverifiedKeyArea> halfWritten = copies(second, fixture.first);

        try (UnlockedKeyArea unlocked = fixture.keySlots.unlock(halfWritten, changed)) {
          assertThat(unlocked.area().keyGeneration()).isEqualTo(2);
          assertThat(unlocked.copiesToRewrite()).containsExactly(1);
        }
        assertThatExceptionOfType(WrongKeyException.class)
            .isThrownBy(() -> fixture.keySlots.unlock(halfWritten, fixture.passphrase));
      }
    }

    @Test
    @DisplayName("takes the older one if the newer is forged, whatever generation it claims")
    void takesTheOlderOneIfTheNewerIsForged() throws Exception {
      byte[] forged = fixture.first.bytes().toBytes();
      ByteBuffer.wrap(forged).putLong(32, 1L << 31);
      Arrays.fill(forged, 4096, 20_480, (byte) 0); // and nobody can open it

      try (UnlockedKeyArea unlocked =
          fixture.keySlots.unlock(
              copies(KeyAreaSamples.withCrc(forged), fixture.first.bytes().toBytes()),
              fixture.passphrase)) {
        assertThat(unlocked.area().keyGeneration()).isEqualTo(1);
        assertThat(unlocked.copiesToRewrite()).containsExactly(0);
      }
    }

    @Test
    void derivesEachSlotOnceHoweverManyCopiesHoldIt() throws Exception {
      var counted = new CountedCredential();
      try (var search = new SlotSearch(fixture.profile, counted)) {
        assertThatExceptionOfType(WrongKeyException.class)
            .isThrownBy(() -> search.unlock(copies(fixture.first, fixture.first, fixture.first)));
      }
      assertThat(counted.derived).isEqualTo(1);
    }

    @Test
    @DisplayName("ENC-07: spends no more on all of them than one key area may claim")
    void spendsNoMoreOnAllThanOneMayClaim() throws Exception {
      var counted = new CountedCredential();
      List<UnverifiedKeyArea> greedy = copies(claiming(1), claiming(10), claiming(20));
      try (var search = new SlotSearch(fixture.profile, counted)) {
        assertThatExceptionOfType(LimitExceededException.class)
            .isThrownBy(() -> search.unlock(greedy));
      }
      assertThat(counted.derived).isEqualTo(4);
    }

    /** Four slots of 1 GiB and two passes: all that one key area may claim. */
    private byte[] claiming(int seed) {
      var slots = new TreeMap<Integer, KeySlotData>();
      for (int i = 0; i < 4; i++) {
        var kdf = new SlotKdf.Argon2id(1_048_576, 2, 1);
        slots.put(i, KeyAreaSamples.slot(SlotType.PASSPHRASE, kdf, seed + i, 0));
      }
      return KeyAreaSamples.encoded(KeyAreaSamples.area(slots));
    }
  }

  @Nested
  @DisplayName("what this release does not serve")
  class WhatIsNotServed {

    @Test
    void refusesTheFipsProfile() throws Exception {
      ContainerFacts facts = fixture.area().container();
      var fips =
          new ContainerFacts(facts.id(), ProfileId.FIPS, facts.made(), facts.segmentMib(), false);
      byte[] area =
          KeyAreaSamples.encoded(new KeyArea(fips, 1, facts.made(), fixture.area().slots()));

      assertThatExceptionOfType(UnsupportedFormatException.class)
          .isThrownBy(() -> fixture.keySlots.unlock(copies(area), fixture.passphrase))
          .withMessage("unsupported PROFILE 2");
    }

    @Test
    @DisplayName("refuses as unsupported, not as a wrong key, a container that no slot type serves")
    void refusesAContainerThatNoSlotTypeServes() throws Exception {
      var slots = new TreeMap<Integer, KeySlotData>();
      slots.put(4, KeyAreaSamples.slot(SlotType.ORGANISATION, new SlotKdf.PublicKey(), 1, 131));
      byte[] area = KeyAreaSamples.encoded(KeyAreaSamples.area(slots));

      assertThatExceptionOfType(UnsupportedFormatException.class)
          .isThrownBy(() -> fixture.keySlots.unlock(copies(area), fixture.passphrase))
          .withMessage("unsupported SLOT_TYPE 3");
    }

    @Test
    void passesOverTheOtherSlotsOfAContainerThatItServes() throws Exception {
      byte[] area = KeyAreaSamples.encoded(KeyAreaSamples.everyKindOfSlot());

      assertThatExceptionOfType(WrongKeyException.class)
          .isThrownBy(() -> fixture.keySlots.unlock(copies(area), fixture.recoveryKey));
    }

    @Test
    void saysThatTheKeyIsWrongIfThereIsNoSlotAtAll() throws Exception {
      byte[] area = KeyAreaSamples.encoded(KeyAreaSamples.area(new TreeMap<>()));

      assertThatExceptionOfType(WrongKeyException.class)
          .isThrownBy(() -> fixture.keySlots.unlock(copies(area), fixture.passphrase));
    }
  }

  private boolean isGenuine(byte[] bytes, SecretBytes macKey) {
    try {
      UnverifiedKeyArea area = KeyAreaCodec.decode(bytes, 0);
      byte[] input = area.macInput();
      return area.verify(fixture.profile.mac(macKey, input, 0, input.length)).isPresent();
    } catch (ContainerException refused) {
      return false;
    }
  }

  private ContainerException failure(List<UnverifiedKeyArea> copies, Passphrase passphrase) {
    try (UnlockedKeyArea unlocked = fixture.keySlots.unlock(copies, passphrase)) {
      throw new AssertionError("slot " + unlocked.slot() + " opened");
    } catch (ContainerException e) {
      return e;
    }
  }

  /** Opens no slot, at no cost. */
  private static final class CountedCredential implements SlotCredential {

    private int derived;

    @Override
    public SlotType type() {
      return SlotType.PASSPHRASE;
    }

    @Override
    public boolean canDerive(SlotKdf kdf) {
      return kdf instanceof SlotKdf.Argon2id;
    }

    @Override
    public SecretBytes derive(SlotKdf kdf, byte[] salt) {
      derived++;
      return SecretBytes.take(new byte[64]);
    }
  }
}
