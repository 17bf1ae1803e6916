package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.io.SegmentedFile;

/** Invariant I6 of docs/format.md: how a container becomes longer. */
@DisplayName("ENC-02: the file of a container")
class GrowthTest {

  private static final int KIB = 1024;

  private final MemorySegments medium = new MemorySegments();
  private SegmentedFile file;

  @BeforeEach
  void longEnoughForStepsOf512KiB() throws Exception {
    file = new SegmentedFile(medium, medium.create(0), 1L << 32, number -> new byte[0]);
    append(4096 * KIB);
    file.force();
    medium.record();
  }

  private void append(int length) throws Exception {
    long end = file.totalBytes();
    file.growTo(end + length);
    file.write(end, new byte[length], 0, length);
  }

  private List<String> done() {
    return medium.events().stream()
        .map(event -> event.kind() + " " + event.offset() + " " + event.bytes().length)
        .toList();
  }

  @Test
  @DisplayName("is lengthened by what is longer than a step, with nothing written twice")
  void largeAppendsLengthenIt() throws Exception {
    append(512 * KIB);
    append(700 * KIB);
    file.force();
    assertThat(done())
        .containsExactly(
            "WRITE " + 4096 * KIB + " " + 512 * KIB,
            "WRITE " + 4608 * KIB + " " + 700 * KIB,
            "FORCE 0 0");
    assertThat(file.growths()).isZero();
  }

  @Test
  @DisplayName("is lengthened by the first short append, and by forced steps from the second on")
  void shortAppendsGrowItInSteps() throws Exception {
    append(4 * KIB);
    file.force();
    long end = file.totalBytes();
    assertThat(end).isEqualTo(4100 * KIB);
    medium.record();
    for (int i = 0; i < 10; i++) {
      file.growTo(end + 4 * KIB);
      file.write(end, new byte[4 * KIB], 0, 4 * KIB);
      end += 4 * KIB;
    }
    assertThat(done().subList(0, 3))
        .containsExactly(
            "WRITE " + (4100 + 512 - 4) * KIB + " " + 4 * KIB,
            "FORCE 0 0",
            "WRITE " + 4100 * KIB + " " + 4 * KIB);
    assertThat(file.growths()).isEqualTo(1);
  }

  @Test
  @DisplayName("is as long as before where the medium has no room for what would lengthen it")
  void aFullMediumLeavesItAsItWas() throws Exception {
    long end = file.totalBytes();
    medium.failWhere(
        (kind, segment, offset, length) -> {
          if (kind == Kind.WRITE && offset > end) {
            throw new IOException("No space left on device");
          }
        });
    byte[] much = new byte[3 * SegmentedFile.WRITE_UNIT];
    assertThat(catchThrowable(() -> file.write(end, much, 0, much.length)))
        .isInstanceOf(MediumFullException.class);
    assertThat(file.totalBytes()).isEqualTo(end);
    assertThat(medium.open(0).orElseThrow().size()).isEqualTo(end);
  }

  @Test
  @DisplayName("a full medium says how much is missing, not how much was to be written")
  void saysWhatIsMissing() throws Exception {
    long end = file.totalBytes();
    byte[] much = new byte[3 * SegmentedFile.WRITE_UNIT];
    medium.setCapacity(end + much.length - 1000);
    assertThat(catchThrowable(() -> file.write(end, much, 0, much.length)))
        .isInstanceOfSatisfying(
            MediumFullException.class,
            e -> assertThat(e.neededBytes()).isBetween(1000L, 1000L + 512 * KIB));
  }
}
