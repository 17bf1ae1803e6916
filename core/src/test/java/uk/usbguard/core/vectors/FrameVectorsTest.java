package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.Frame;

@DisplayName("ENC-02: frames count or not as in the test vectors of the format")
class FrameVectorsTest {

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("frames", 22);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are written byte for byte the same")
  void framesCountAsInTheVectors(Vector v) {
    byte[] bytes = v.bytes("bytes");

    Optional<Frame> read =
        Frame.read(bytes, 0)
            .filter(f -> f.container().equals(ContainerId.of(v.bytes("containerId"))))
            .filter(f -> f.position() == v.number("position"));

    assertThat(read.isPresent()).as("counts").isEqualTo(v.isGood());
    if (read.isPresent()) {
      byte[] written = new byte[bytes.length];
      read.get().writeTo(written, 0);
      assertThat(written).isEqualTo(bytes);
      assertThat(read.get().trailerSequence())
          .isEqualTo(v.fields().required("trailerSeq").longValue());
      assertThat(read.get().endsCommit())
          .isEqualTo(v.fields().required("commitOffset").intValue() != 0);
    }
  }
}
