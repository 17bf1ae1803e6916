package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.Trailer;

@DisplayName("ENC-02: trailers read as in the test vectors of the format")
class TrailerVectorsTest {

  private static final long BATCH = 1_179_648;
  private static final int BATCH_LENGTH = 16_384;

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("trailers", 16);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are written byte for byte the same")
  void trailersReadAsInTheVectors(Vector v) throws Exception {
    byte[] plain = v.bytes("plain");
    EpochSalt own = EpochSalt.of(v.sharedBytes("epochSalt"));

    String outcome =
        Outcome.of(
            () -> {
              Trailer trailer = Trailer.decode(plain, own, BATCH);
              requireInBatch(trailer);
              assertThat(trailer.encode(own)).isEqualTo(plain);
              if (!v.fields().isMissingNode()) {
                assertFields(trailer, v.fields());
              }
            });

    assertThat(outcome).isEqualTo(v.expected());
  }

  /** The part of the check that needs the batch; BatchReader does it where it opens the records. */
  private static void requireInBatch(Trailer trailer) throws DamagedContainerException {
    for (Trailer.Content content : trailer.contents()) {
      int end = content.offset() + BatchLayout.sealed(content.plainLength());
      if (end > BATCH_LENGTH - BatchLayout.FRAME) {
        throw new DamagedContainerException(Part.COMMIT, BATCH, "record behind the batch");
      }
    }
  }

  private static void assertFields(Trailer trailer, JsonNode fields) {
    assertThat(trailer.contents())
        .extracting(c -> c.name().sequence() + " " + c.plainLength() + " " + c.offset())
        .isEqualTo(list(fields.required("records"), r -> text(r, "seq", "length", "offset")));
    assertThat(trailer.freed())
        .extracting(f -> f.batch() + " " + f.bytes())
        .isEqualTo(list(fields.required("freed"), f -> text(f, "position", "bytes")));
    assertThat(trailer.skipped())
        .extracting(s -> s.position() + " " + s.length())
        .isEqualTo(list(fields.required("skipped"), s -> text(s, "position", "length")));
    assertThat(trailer.changes())
        .extracting(c -> HexFormat.of().formatHex(c.key().toBytes()))
        .isEqualTo(list(fields.required("changes"), c -> c.required("key").textValue()));
  }

  private static List<String> list(JsonNode array, Function<JsonNode, String> f) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(f.apply(element)));
    return texts;
  }

  private static String text(JsonNode node, String... fields) {
    return Arrays.stream(fields)
        .map(field -> node.required(field).asText())
        .collect(Collectors.joining(" "));
  }
}
