package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.EntryKind;
import uk.usbguard.core.error.EntryException;

@DisplayName("ENC-02: a file that is taken out")
class FileWriterTest {

  private static final Instant THEN = Instant.parse("2026-11-28T09:00:00Z");

  @ParameterizedTest(name = "{0} bytes listed, {1} handed over in pieces of {2}")
  @CsvSource({
    "100, 99, 10",
    "100, 101, 10",
    "100, 0, 10",
    "0, 1, 1",
    "2000000, 1999999, 65536",
    "2000000, 2000001, 65536",
  })
  @DisplayName("is not written if it has another size by now than it was listed with")
  void otherSize(int listed, int handedOver, int piece, @TempDir Path folder) {
    Entry entry = new Entry("scan", EntryKind.FILE, 7, listed, THEN, THEN, false, false);
    FileWriter writer = new FileWriter(DiskEntry.Attributes.of(folder), () -> false, n -> {});

    assertThatExceptionOfType(EntryException.class)
        .isThrownBy(
            () ->
                writer.write(
                    sink -> {
                      for (int at = 0; at < handedOver; at += piece) {
                        sink.write(ByteBuffer.allocate(Math.min(piece, handedOver - at)));
                      }
                    },
                    entry,
                    folder.resolve("scan"),
                    false));

    assertThat(folder).isEmptyDirectory();
  }
}
