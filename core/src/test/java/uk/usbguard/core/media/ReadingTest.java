package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How images and devices are read: their ends, their limits, what is outside. */
class ReadingTest {

  private static final long SIZE = 10_000;

  @TempDir private Path folder;

  private static PageReader reader() {
    MemoryMedium medium = new MemoryMedium(SIZE);
    for (int i = 0; i < SIZE; i++) {
      medium.write(i, (byte) (i % 251 + 1));
    }
    return new PageReader(medium, SIZE);
  }

  @ParameterizedTest
  @DisplayName("what lies outside of the medium reads as zero, what lies inside as it is")
  @CsvSource({
    "0,16",
    "4090,12",
    "4095,2",
    "9990,20",
    "9999,1",
    "10000,5",
    "-1,4",
    "0,0",
    "9223372036854775807,9"
  })
  void edges(long offset, int length) throws ReadFailedException {
    Block block = reader().read(offset, length);
    assertThat(block.length()).isEqualTo(length);
    for (int i = 0; i < length; i++) {
      long at = offset + i;
      boolean inside = offset >= 0 && at >= 0 && at < SIZE;
      assertThat(block.u8(i)).isEqualTo(inside ? (int) (at % 251 + 1) : 0);
    }
  }

  @Test
  @DisplayName("what was read is kept: the same place costs nothing twice")
  void kept() throws ReadFailedException {
    PageReader reader = reader();
    reader.read(0, 5000);
    assertThat(reader.bytesRead()).isEqualTo(8192);
    reader.read(100, 8000);
    assertThat(reader.bytesRead()).isEqualTo(8192);
    reader.read(8192, 1);
    assertThat(reader.bytesRead()).isEqualTo(SIZE);
  }

  @Test
  @DisplayName("the limit of 64 MiB is kept to the byte, whatever is asked for")
  void budget() throws ReadFailedException {
    PageReader reader = new PageReader(new MemoryMedium(1L << 40), 1L << 40);
    for (long at = 0; at < 16; at++) {
      reader.read(at << 30, 4 << 20);
    }
    assertThat(reader.bytesRead()).isEqualTo(64L << 20);
    assertThatThrownBy(() -> reader.read(20L << 30, 1))
        .isInstanceOfSatisfying(
            ReadFailedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.READ_BUDGET));
    assertThat(reader.bytesRead()).isEqualTo(64L << 20);
  }

  @ParameterizedTest
  @DisplayName("a read of a negative length or of more than 4 MiB is a mistake of ours")
  @ValueSource(ints = {-1, (4 << 20) + 1, Integer.MAX_VALUE})
  void lengths(int length) {
    assertThatThrownBy(() -> reader().read(0, length)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @DisplayName("so is a medium of a negative size or above 1 EiB, and an extent before the start")
  @ValueSource(longs = {-1, (1L << 60) + 1})
  void sizes(long size) {
    assertThatThrownBy(() -> new PageReader(new MemoryMedium(size), size))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Extent(Extent.Role.GAP, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Extent(Extent.Role.GAP, 1, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Extent(Extent.Role.GAP, 1, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Extent(Extent.Role.GAP, 1, 5, 7).endBytes()).isEqualTo(12);
  }

  @Test
  @DisplayName("an image has the size of its file, no sectors, and is read where it is asked")
  void image() throws IOException {
    Path image = folder.resolve("stick.img");
    Files.write(image, MemoryMedium.of("fat12-c2").read(0, 2 << 20));
    try (Medium medium = FileMedium.open(image)) {
      assertThat(medium.sizeBytes()).isEqualTo(2 << 20);
      assertThat(medium.sectorBytes()).isEmpty();
      assertThat(MediaScan.scan(medium, false).verdict()).isEqualTo(Verdict.PLAINTEXT);
    }
    assertThatThrownBy(() -> FileMedium.open(folder.resolve("none.img")))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("USB-02 an image that becomes shorter while it is read is unreadable, not encrypted")
  void cutWhileRead() throws IOException {
    Path image = folder.resolve("stick.img");
    Files.write(image, MemoryMedium.of(Seen.LUKS2).read(0, 20 << 20));
    try (Medium medium = FileMedium.open(image);
        FileChannel other = FileChannel.open(image, java.nio.file.StandardOpenOption.WRITE)) {
      other.truncate(1 << 20);
      assertThat(MediaScan.scan(medium, false).verdict()).isEqualTo(Verdict.UNREADABLE);
    }
  }

  @ParameterizedTest
  @DisplayName("where the system names no size the end is found by reading")
  @ValueSource(longs = {0, 4096, 8192, 12_288, 1 << 20, (1 << 20) + 4096, 99L * 4096})
  void endByReading(long size) throws IOException {
    Path device = folder.resolve("device");
    Files.write(device, new byte[(int) size]);
    try (FileChannel channel = FileChannel.open(device)) {
      assertThat(FileMedium.sizeByReading(channel)).isEqualTo(size);
    }
  }

  @Test
  @DisplayName(
      "a device without an end claims more than any medium has; one without a byte is none")
  void devicesWithoutSize() throws IOException {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "no such devices here");
    try (Medium medium = FileMedium.open(zero, folder)) {
      MediumReport report = MediaScan.scan(medium, false);
      assertThat(report.reasons()).containsExactly(Reason.SIZE_IMPOSSIBLE);
      assertThat(report.bytesRead()).isZero();
    }
    try (Medium medium = FileMedium.open(Path.of("/dev/null"), folder)) {
      assertThat(MediaScan.scan(medium, false).reasons()).containsExactly(Reason.NO_MEDIUM);
    }
  }

  @ParameterizedTest
  @DisplayName(
      "Linux names the sectors of a disk, and of a partition by its disk; or nothing useful")
  @CsvSource({
    "zero/queue/logical_block_size,4096,4096",
    "queue/logical_block_size,512,512",
    "zero/queue/logical_block_size,many,0"
  })
  void sectors(String entry, String said, int sector) throws IOException {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "no such device here");
    Files.createDirectories(folder.resolve("zero"));
    Path file = folder.resolve(entry);
    Files.createDirectories(file.getParent());
    Files.writeString(file, said + "\n");
    try (Medium medium = FileMedium.open(zero, folder)) {
      assertThat(medium.sectorBytes().orElse(0)).isEqualTo(sector);
    }
  }

  @Test
  @DisplayName("reasons have names for scripts that do not change")
  void codes() {
    assertThat(Reason.READ_FAILED.code()).isEqualTo("read-failed");
    assertThat(Reason.GAP_HOLDS_SIGNATURE.code()).isEqualTo("gap-holds-signature");
  }
}
