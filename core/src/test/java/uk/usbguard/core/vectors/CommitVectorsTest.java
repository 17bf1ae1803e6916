package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.format.CommitRecord;

@DisplayName("ENC-02: commit records read as in the test vectors of the format")
class CommitVectorsTest {

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("commits", 16);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are written byte for byte the same")
  void commitsReadAsInTheVectors(Vector v) throws Exception {
    byte[] plain = v.bytes("plain");

    String outcome =
        Outcome.of(
            () -> {
              CommitRecord commit = CommitRecord.decode(plain, plain.length, 0);
              // The AAD says so too; who opens the record compares, see BatchReader.
              if (commit.generation() != v.number("generation")) {
                throw new DamagedContainerException(Part.COMMIT, 0, "another generation");
              }
              assertThat(commit.encode()).isEqualTo(plain);
              if (!v.fields().isMissingNode()) {
                assertFields(commit, v.fields());
              }
            });

    assertThat(outcome).isEqualTo(v.expected());
  }

  private static void assertFields(CommitRecord commit, JsonNode fields) {
    assertThat(commit.end()).isEqualTo(fields.required("end").longValue());
    assertThat(commit.nextObjectId()).isEqualTo(fields.required("nextId").longValue());
    assertThat(commit.files()).isEqualTo(fields.required("files").longValue());
    assertThat(commit.folders()).isEqualTo(fields.required("folders").longValue());
    assertThat(commit.payloadBytes()).isEqualTo(fields.required("bytes").longValue());
    assertThat(commit.bytesWritten()).isEqualTo(fields.required("written").longValue());
    assertThat(commit.nextBatch()).isEqualTo(fields.required("next").longValue());
    assertThat(commit.previous().orElseThrow().place().position())
        .isEqualTo(fields.required("previous").required("position").longValue());
    assertThat(commit.clean() ? 1 : 0).isEqualTo(fields.required("flags").intValue() & 1);
    assertThat(commit.previousClean() ? 2 : 0).isEqualTo(fields.required("flags").intValue() & 2);
  }
}
