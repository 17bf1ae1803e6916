package uk.usbguard.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import uk.usbguard.core.format.EpochSalt;

/** Counting the salts that a node will hold. */
class EpochUsesTest {

  private final EpochUses uses = new EpochUses();

  @Test
  void countsEachEpochOnceHoweverOftenItIsUsed() {
    for (int i = 0; i < 30; i++) {
      uses.add(MemoryNodeStore.salt(i % 10));
    }
    assertThat(uses.encodedLength()).isEqualTo(10 * EpochSalt.LENGTH);
  }

  @Test
  void forgetsAnEpochWithItsLastUse() {
    uses.add(MemoryNodeStore.salt(1));
    uses.add(MemoryNodeStore.salt(2));
    uses.add(MemoryNodeStore.salt(1));
    uses.remove(MemoryNodeStore.salt(1));
    assertThat(uses.encodedLength()).isEqualTo(2 * EpochSalt.LENGTH);
    uses.remove(MemoryNodeStore.salt(1));
    assertThat(uses.encodedLength()).isEqualTo(EpochSalt.LENGTH);
    assertThatIllegalStateException().isThrownBy(() -> uses.remove(MemoryNodeStore.salt(1)));
    uses.remove(MemoryNodeStore.salt(2));
    assertThat(uses.encodedLength()).isZero();
  }
}
