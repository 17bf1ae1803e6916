package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.format.Names;

@DisplayName("ENC-03: names fold as in the test vectors of the format")
class NameVectorsTest {

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("names", 27);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are allowed")
  void namesFoldAsInTheVectors(Vector v) {
    String folded = Names.fold(v.text("name"));

    assertThat(folded).isEqualTo(v.text("folded"));
    assertThat(folded.getBytes(StandardCharsets.UTF_8)).isEqualTo(v.bytes("foldedBytes"));
    assertThat(Names.check(v.text("name"))).isEmpty();
  }
}
