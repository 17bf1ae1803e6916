package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("ENC-02: root slots count or not as in the test vectors of the format")
class RootSlotVectorsTest {

  private final Layout layout = new Layout(4095L << 20);

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("root-slots", 20);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are sealed byte for byte the same")
  void slotsCountAsInTheVectors(Vector v) {
    byte[] block = Arrays.copyOf(v.bytes("bytes"), RootSlot.LENGTH);
    int area = (int) v.number("area");
    int slot = (int) v.number("slot");
    StandardProfile profile = new StandardProfile(new ScriptedRandom(v.sharedBytes("iv")));
    try (SecretBytes master = SecretBytes.take(v.sharedBytes("masterKey"));
        Records records = new Records(profile, master, ContainerId.of(v.bytes("containerId")))) {
      Optional<RootSlot> opened =
          records
              .openRoot(block, 0, area, slot)
              .filter(root -> layout.admits(root.batch(), root.batchLength()));

      assertThat(opened.isPresent()).as("counts").isEqualTo(v.isGood());
      if (opened.isPresent()) {
        assertThat(opened.get().encode()).isEqualTo(v.bytes("plain"));
        assertThat(records.sealRoot(opened.get(), area, slot)).isEqualTo(block);
        assertThat(opened.get().generation())
            .isEqualTo(v.fields().required("generation").longValue());
        assertThat(opened.get().batch()).isEqualTo(v.fields().required("position").longValue());
      }
    }
  }
}
