package uk.usbguard.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the file system of the temporary folder; where that has no way past its cache, skipped. */
class DirectFileTest {

  private static final int SIZE = 3_000_001;

  @TempDir private Path temp;
  private final byte[] content = new byte[SIZE];
  private Path file;

  @BeforeEach
  void write() throws IOException {
    new Random(7).nextBytes(content);
    file = Files.write(temp.resolve("file"), content);
  }

  private BlockFile direct() {
    Optional<BlockFile> opened = DirectFile.open(file);
    assumeTrue(opened.isPresent(), "this file system cannot be read past its cache");
    return opened.orElseThrow();
  }

  @ParameterizedTest(name = "{1} bytes at {0}")
  @CsvSource({
    "0, 1",
    "1, 1",
    "0, 4096",
    "4095, 2",
    "511, 9000",
    "4096, 1048576",
    "1, 2999999",
    "1048575, 1048578",
    "2999999, 1",
    "0, 3000001",
    "3000000, 1"
  })
  void readsWhatIsThereWhereverItLies(int offset, int length) throws IOException {
    try (BlockFile direct = direct()) {
      ByteBuffer target = ByteBuffer.allocate(length);
      assertThat(direct.readAt(offset, target)).isEqualTo(length);
      assertThat(target.array()).isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
    }
  }

  @Test
  void readsNoMoreThanThereIs() throws IOException {
    try (BlockFile direct = direct()) {
      assertThat(direct.size()).isEqualTo(SIZE);
      assertThat(direct.readAt(SIZE - 10, ByteBuffer.allocate(100))).isEqualTo(10);
      assertThat(direct.readAt(SIZE, ByteBuffer.allocate(100))).isZero();
      assertThat(direct.readAt(SIZE + 9_000, ByteBuffer.allocate(100))).isZero();
    }
  }

  @Test
  void seesWhatAnotherChannelHasForced() throws IOException {
    try (BlockFile direct = direct();
        BlockFile writer = new SegmentFiles(file, true).open(0).orElseThrow()) {
      writer.writeAt(5_000, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      writer.force(false);
      ByteBuffer target = ByteBuffer.allocate(3);
      direct.readAt(5_000, target);
      assertThat(target.array()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aFileSystemThatHasNoSuchWaySaysSo() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem()) {
      assertThat(DirectFile.open(Files.write(memory.getPath("file"), new byte[10]))).isEmpty();
    }
    assertThat(DirectFile.open(temp.resolve("none"))).isEmpty();
  }
}
