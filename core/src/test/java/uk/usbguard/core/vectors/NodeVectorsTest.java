package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.InnerNode;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.LeafNode;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;

@DisplayName("ENC-02: index nodes read as in the test vectors of the format")
class NodeVectorsTest {

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("nodes", 66);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are written byte for byte the same")
  void nodesReadAsInTheVectors(Vector v) throws Exception {
    byte[] plain = v.bytes("plain");

    String outcome =
        Outcome.of(
            () -> {
              Node node = NodeCodec.decode(plain, (int) v.number("level"), 0);
              byte[] written = new byte[IndexLimits.NODE];
              int length = NodeCodec.encode(node, written);
              assertThat(Arrays.copyOf(written, length)).isEqualTo(plain);
              assertKeys(node, v);
            });

    assertThat(outcome).isEqualTo(v.expected());
  }

  private static void assertKeys(Node node, Vector v) {
    String field = node instanceof LeafNode ? "entries" : "keys";
    if (!v.has(field)) {
      return;
    }
    List<Key> keys = node instanceof LeafNode leaf ? leaf.keys() : ((InnerNode) node).keys();
    List<String> expected = new ArrayList<>();
    v.json().required(field).forEach(key -> expected.add(key.textValue()));
    assertThat(keys).extracting(key -> HexFormat.of().formatHex(key.toBytes())).isEqualTo(expected);
  }
}
