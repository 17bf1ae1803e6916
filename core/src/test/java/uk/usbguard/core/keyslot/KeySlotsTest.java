package uk.usbguard.core.keyslot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static uk.usbguard.core.keyslot.KeySlotFixture.CHEAPEST;
import static uk.usbguard.core.keyslot.KeySlotFixture.copies;
import static uk.usbguard.core.keyslot.KeySlotFixture.passphrase;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.KeySlotException;
import uk.usbguard.core.error.KeySlotException.Reason;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.format.ByteString;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeyAreaSamples;
import uk.usbguard.core.format.KeySlotData;
import uk.usbguard.core.format.ProfileId;
import uk.usbguard.core.format.SlotKdf;
import uk.usbguard.core.format.SlotType;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

@DisplayName("Changing key slots")
class KeySlotsTest {

  private final SecureRandom random = new SecureRandom();
  private final Passphrase another = passphrase("correct horse battery staple");
  private KeySlotFixture fixture;

  @BeforeEach
  void createKeyArea() throws Exception {
    fixture = new KeySlotFixture(random, random);
  }

  @AfterEach
  void close() {
    fixture.close();
    another.close();
  }

  @Test
  @DisplayName("KEY-01: a passphrase change wraps the same master key once more, and nothing else")
  void aPassphraseChangeWrapsOnly() throws Exception {
    SealedKeyArea changed =
        fixture.keySlots.replacePassphrase(fixture.area(), fixture.master, 0, another, CHEAPEST);

    try (UnlockedKeyArea unlocked = fixture.keySlots.unlock(copies(changed), another)) {
      assertThat(unlocked.master().matches(fixture.master)).isTrue();
      assertThat(unlocked.area().masterKeyMade()).isEqualTo(fixture.area().masterKeyMade());
      assertThat(unlocked.area().keyGeneration()).isEqualTo(2);
    }
    assertThat(slotBytes(changed, 1)).isEqualTo(slotBytes(fixture.first, 1));
    assertThat(slotBytes(changed, 0)).isNotEqualTo(slotBytes(fixture.first, 0));
    assertThatExceptionOfType(WrongKeyException.class)
        .isThrownBy(() -> fixture.keySlots.unlock(copies(changed), fixture.passphrase));
  }

  @Test
  @DisplayName("keeps slots that this release cannot open, byte for byte")
  void keepsSlotsItCannotOpen() throws Exception {
    KeyArea every = KeyAreaSamples.everyKindOfSlot();
    byte[] before = KeyAreaSamples.encoded(every);

    SealedKeyArea changed =
        fixture.keySlots.addRecoveryKey(every, fixture.master, fixture.recoveryKey);

    assertThat(changed.slot()).isEqualTo(1);
    for (int slot = 0; slot < 16; slot++) {
      if (slot != 1) {
        assertThat(slotBytes(changed, slot)).isEqualTo(slotBytes(before, slot));
      }
    }
    assertThat(changed.bytes().toBytes()).startsWith(Arrays.copyOf(before, 32));
  }

  @Test
  void addsAPassphraseAndARecoveryKeyAndRemovesThem() throws Exception {
    KeySlots slots = fixture.keySlots;
    try (RecoveryKey secondKey = RecoveryKey.generate(random)) {
      SealedKeyArea two = slots.addPassphrase(fixture.area(), fixture.master, another, CHEAPEST);
      SealedKeyArea three = slots.addRecoveryKey(two.area(), fixture.master, secondKey);
      assertThat(two.slot()).isEqualTo(2);
      assertThat(three.slot()).isEqualTo(3);

      SealedKeyArea four = slots.remove(three.area(), fixture.master, 0);
      assertThat(four.area().keyGeneration()).isEqualTo(4);
      assertThat(four.area().slots()).containsOnlyKeys(1, 2, 3);
      assertThat(slotBytes(four, 0)).containsOnly(0);
      slots.unlock(copies(four), another).close();
      slots.unlock(copies(four), secondKey).close();
      assertThatExceptionOfType(WrongKeyException.class)
          .isThrownBy(() -> slots.unlock(copies(four), fixture.passphrase));
    }
  }

  @Test
  void neverRemovesTheLastSlot() throws Exception {
    KeyArea one = fixture.keySlots.remove(fixture.area(), fixture.master, 0).area();

    assertReason(Reason.LAST_SLOT, () -> fixture.keySlots.remove(one, fixture.master, 1));
  }

  @Test
  @DisplayName("counts only slots that it could open, and keeps the organisation's where required")
  void neverRemovesTheLastSlotThatItCanOpenNorARequiredOne() throws Exception {
    KeyArea every = KeyAreaSamples.everyKindOfSlot(); // an organisation slot is required
    KeyArea withoutPassphrase = fixture.keySlots.remove(every, fixture.master, 0).area();

    assertReason(
        Reason.LAST_SLOT, () -> fixture.keySlots.remove(withoutPassphrase, fixture.master, 3));
    assertReason(Reason.LAST_SLOT, () -> fixture.keySlots.remove(every, fixture.master, 9));
    assertThat(fixture.keySlots.remove(every, fixture.master, 15).area().slots())
        .containsOnlyKeys(0, 2, 3, 9);
  }

  @Test
  void refusesSlotsThatAreNotThereOrOfAnotherType() {
    KeySlots slots = fixture.keySlots;
    KeyArea area = fixture.area();

    assertReason(Reason.NO_SUCH_SLOT, () -> slots.remove(area, fixture.master, 2));
    assertReason(Reason.NO_SUCH_SLOT, () -> slots.remove(area, fixture.master, -1));
    assertReason(
        Reason.NO_SUCH_SLOT,
        () -> slots.replacePassphrase(area, fixture.master, 1, another, CHEAPEST));
  }

  @Test
  void refusesANinthPassphraseAndASeventeenthSlot() {
    KeyArea eight = with(8, SlotType.PASSPHRASE, new SlotKdf.Argon2id(19_456, 2, 1));
    KeyArea sixteen = with(16, SlotType.RECOVERY, new SlotKdf.Hkdf());

    assertReason(
        Reason.TOO_MANY_PASSPHRASES,
        () -> fixture.keySlots.addPassphrase(eight, fixture.master, another, CHEAPEST));
    assertReason(
        Reason.NO_FREE_SLOT,
        () -> fixture.keySlots.addRecoveryKey(sixteen, fixture.master, fixture.recoveryKey));
    assertReason(
        Reason.NO_FREE_SLOT,
        () -> fixture.keySlots.addPassphrase(sixteen, fixture.master, another, CHEAPEST));
  }

  @Test
  @DisplayName("ENC-07: makes no container that it would refuse to open for its cost")
  void makesNothingItWouldRefuseToOpen() throws Exception {
    var dearest = new KdfCost(1_048_576, 16, 1);
    KeyArea nearlyFull = with(7, SlotType.PASSPHRASE, new SlotKdf.Argon2id(1_048_576, 2, 1), 3);

    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(
            () ->
                fixture.keySlots.create(
                    fixture.area().container(), fixture.master, another, dearest, null));
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(
            () ->
                fixture.keySlots.replacePassphrase(
                    fixture.area(), fixture.master, 0, another, dearest));
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(
            () ->
                fixture.keySlots.addPassphrase(
                    nearlyFull, fixture.master, another, new KdfCost(1_048_576, 3, 1)));
  }

  @Test
  @DisplayName("ENC-06: a thousand slots have a thousand salts and ids")
  void neverRepeatsASalt() throws Exception {
    var salts = new HashSet<ByteString>();
    KeyArea area = fixture.area();
    for (int i = 0; i < 1000; i++) {
      SealedKeyArea added =
          fixture.keySlots.addRecoveryKey(area, fixture.master, fixture.recoveryKey);
      KeySlotData slot = added.area().slots().get(added.slot());
      salts.add(slot.key().salt());
      salts.add(slot.id());
      area = fixture.keySlots.remove(added.area(), fixture.master, added.slot()).area();
    }
    assertThat(salts).hasSize(2000);
    assertThat(area.keyGeneration()).isEqualTo(2001);
  }

  @Test
  void stopsWhenTheKeyGenerationIsUsedUp() {
    var last =
        new KeyArea(
            fixture.area().container(), 1L << 31, KeySlotFixture.MADE, fixture.area().slots());

    assertThatExceptionOfType(CommitLimitException.class)
        .isThrownBy(
            () -> fixture.keySlots.addRecoveryKey(last, fixture.master, fixture.recoveryKey));
  }

  @Test
  void makesNoContainerOfAProfileThatIsNotItsOwn() {
    ContainerFacts facts = fixture.area().container();
    var fips =
        new ContainerFacts(facts.id(), ProfileId.FIPS, facts.made(), facts.segmentMib(), false);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.keySlots.create(fips, fixture.master, another, CHEAPEST, null));
  }

  @Test
  @DisplayName("KEY-05: neither master key nor recovery key nor passphrase stands in the bytes")
  void noKeyStandsInTheBytes() {
    String bytes = text(fixture.first.bytes().toBytes());

    String masterKey = fixture.master.use(KeySlotsTest::text);
    String recoveryKey = fixture.recoveryKey.use(KeySlotsTest::text);
    String typed = fixture.passphrase.use(KeySlotsTest::text);
    assertThat(bytes).doesNotContain(masterKey).doesNotContain(recoveryKey).doesNotContain(typed);
  }

  private static KeyArea with(int count, SlotType type, SlotKdf kdf) {
    return with(0, type, kdf, count);
  }

  private static KeyArea with(int firstSlot, SlotType type, SlotKdf kdf, int count) {
    SortedMap<Integer, KeySlotData> slots = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      slots.put(firstSlot + i, KeyAreaSamples.slot(type, kdf, i, 0));
    }
    return KeyAreaSamples.area(slots);
  }

  private static byte[] slotBytes(SealedKeyArea area, int slot) {
    return slotBytes(area.bytes().toBytes(), slot);
  }

  private static byte[] slotBytes(byte[] area, int slot) {
    return Arrays.copyOfRange(area, 4096 + 1024 * slot, 4096 + 1024 * (slot + 1));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void assertReason(Reason reason, ThrowingCallable change) {
    assertThatExceptionOfType(KeySlotException.class)
        .isThrownBy(change)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
