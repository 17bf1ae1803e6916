package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SourceStreamTest {

  @TempDir private Path temp;
  private final AtomicLong progress = new AtomicLong();

  private SourceStream open(Path file, long expected) throws IOException {
    return new SourceStream(file, expected, () -> false, progress::addAndGet);
  }

  @Test
  void readsAFileThatStaysAsItIs() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "0123456789");
    try (SourceStream in = open(file, 10)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("0123456789");
      assertThat(in.length()).isEqualTo(10);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(progress).hasValue(10);
  }

  @Test
  void endsAtTheSizeThatAGrowingFileHasWhenItsOldEndIsReached() throws IOException {
    Path file = Files.writeString(temp.resolve("log"), "01234");
    try (SourceStream in = open(file, 5)) {
      assertThat(in.readNBytes(5)).hasSize(5);
      Files.writeString(file, "56", StandardOpenOption.APPEND);
      assertThat(in.read()).isEqualTo('5');
      Files.writeString(file, "789", StandardOpenOption.APPEND);
      assertThat(in.readAllBytes()).asString().isEqualTo("6");
      assertThat(in.length()).isEqualTo(7);
    }
  }

  @Test
  void endsWhereAShrunkFileEnds() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "012");
    try (SourceStream in = open(file, 10)) {
      assertThat(in.readAllBytes()).hasSize(3);
      assertThat(in.length()).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("A file that says it has no size is read to its end")
  @EnabledOnOs(OS.LINUX)
  void readsWhatHasNoSize() throws IOException {
    Path file = Path.of("/proc/self/status");
    assertThat(file).hasSize(0);
    try (SourceStream in = open(file, 0)) {
      assertThat(in.readAllBytes()).asString().startsWith("Name:").contains("\nPid:");
      assertThat(in.length()).isPositive();
    }
    try (SourceStream in = open(Files.createFile(temp.resolve("empty")), 0)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void stopsWhenItIsCancelled() throws IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    Path file = Files.writeString(temp.resolve("f"), "012");
    try (SourceStream in = new SourceStream(file, 3, cancelled::get, n -> {})) {
      assertThat(in.read()).isEqualTo('0');
      cancelled.set(true);
      assertThatThrownBy(in::read).isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void doesNotOpenALink() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "012");
    Path link = Files.createSymbolicLink(temp.resolve("l"), file);

    assertThatThrownBy(() -> open(link, 3)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> FileContent.read(link, 3)).isInstanceOf(IOException.class);
  }

  @Test
  void aSmallFileIsReadWholeUnlessItHasGrown() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "012");

    assertThat(FileContent.read(file, 3).orElseThrow().length()).isEqualTo(3);
    assertThat(FileContent.read(file, 9).orElseThrow().length()).isEqualTo(3);
    assertThat(FileContent.read(file, 2)).isEmpty();
  }
}
