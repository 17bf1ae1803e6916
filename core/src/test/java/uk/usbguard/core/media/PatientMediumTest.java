package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.error.BugException;

/** What hangs, vanishes or shows nothing. */
@Timeout(60)
class PatientMediumTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** What a hanging medium waits for. */
  private final CountDownLatch kernel = new CountDownLatch(1);

  private final CountDownLatch closed = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    kernel.countDown();
  }

  /** A stick whose reads from a place on never come back. */
  private final class Hanging implements Medium {
    private final MemoryMedium inner = MemoryMedium.of("luks2-aes-xts-plain64-512");
    private final long from;

    Hanging(long from) {
      this.from = from;
    }

    @Override
    public long sizeBytes() {
      return inner.sizeBytes();
    }

    @Override
    public OptionalInt sectorBytes() {
      return OptionalInt.of(512);
    }

    @Override
    public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
      if (offsetBytes + target.remaining() > from) {
        hang();
      }
      return inner.readAt(offsetBytes, target);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private void hang() throws IOException {
    try {
      kernel.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Patience patience(Duration once, Duration inAll) {
    return new Patience(once, inAll, System::nanoTime);
  }

  @Test
  @DisplayName("a patient scan of a medium that answers says what a plain one says")
  void answers() throws IOException {
    for (String resource : new String[] {"luks2-aes-xts-plain64-512", "fat32-c1"}) {
      try (Medium medium =
          PatientMedium.open(() -> MemoryMedium.of(resource), Patience.usual(System::nanoTime))) {
        MediumReport patient = MediaScan.scan(medium, false);
        assertThat(patient).isEqualTo(MediaScan.scan(MemoryMedium.of(resource), false));
      }
    }
  }

  @Test
  @DisplayName("USB-02 a device that hangs in its first read is unreadable, after one wait")
  void hangsAtOnce() throws IOException {
    try (Medium medium = PatientMedium.open(() -> new Hanging(0), patience(SHORT, LONG))) {
      MediumReport report = MediaScan.scan(medium, false);
      assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reasons()).contains(Reason.TOO_SLOW);
    }
  }

  @Test
  @DisplayName("USB-02 one that hangs half-way is unreadable, whatever its header says")
  void hangsHalfWay() throws Exception {
    Medium hanging = new Hanging(8 << 20); // made before: only what hangs may take long
    try (Medium medium = PatientMedium.open(() -> hanging, patience(Duration.ofSeconds(2), LONG))) {
      MediumReport report = MediaScan.scan(medium, true);
      assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThatThrownBy(() -> medium.readAt(0, ByteBuffer.allocate(512)))
          .isInstanceOf(TooSlowException.class);
    }
    assertThat(closed.getCount()).as("still hangs").isOne();
    kernel.countDown();
    closed.await();
  }

  @Test
  @DisplayName("one that does not even open is unreadable")
  void hangsWhileOpening() throws Exception {
    try (Medium medium =
        PatientMedium.open(
            () -> {
              hang();
              return new Hanging(0);
            },
            patience(SHORT, LONG))) {
      MediumReport report = MediaScan.scan(medium, false);
      assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.reasons()).containsExactly(Reason.TOO_SLOW);
      assertThat(medium.sectorBytes()).isEmpty();
    }
    kernel.countDown();
    closed.await(); // what came too late is closed all the same
  }

  @Test
  @DisplayName("many slow reads together are too slow as well")
  void slowInAll() throws IOException {
    AtomicLong clock = new AtomicLong();
    Patience patience =
        new Patience(
            Duration.ofSeconds(10), Duration.ofSeconds(30), () -> clock.addAndGet(4L << 30));
    try (Medium medium = PatientMedium.open(() -> new Hanging(Long.MAX_VALUE), patience)) {
      MediumReport report = MediaScan.scan(medium, false);
      assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(report.extents().get(0).reasons()).contains(Reason.TOO_SLOW);
    }
  }

  @Test
  @DisplayName("a folder tree that hangs is unreadable")
  void hangingTree() {
    assertThat(
            MediaScan.patiently(() -> MediaScan.scan(new Hanging(0), false), patience(SHORT, LONG)))
        .satisfies(
            report -> {
              assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
              assertThat(report.reasons()).containsExactly(Reason.TOO_SLOW);
            });
  }

  @Test
  @DisplayName("errors of opening and reading are what they were; a bug is a bug")
  void errors() throws IOException {
    Patience usual = Patience.usual(System::nanoTime);
    assertThatThrownBy(
            () ->
                PatientMedium.open(
                    () -> {
                      throw new AccessDeniedException("/dev/sdb");
                    },
                    usual))
        .isInstanceOf(AccessDeniedException.class);
    try (Medium medium = PatientMedium.open(() -> MemoryMedium.of("btrfs").failingFrom(0), usual)) {
      assertThatThrownBy(() -> medium.readAt(0, ByteBuffer.allocate(512)))
          .hasMessage("Input/output error");
    }
    assertThatThrownBy(
            () ->
                PatientMedium.open(
                    () -> {
                      throw new IllegalStateException("bug");
                    },
                    usual))
        .isInstanceOf(BugException.class);
    assertThatThrownBy(() -> patience(LONG, SHORT)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a drive that the system does not open and calls empty is a drive without a medium")
  void emptyDrive(@TempDir Path folder) throws IOException {
    Path drive = folder.resolve("sdx");
    Path listed = Files.createDirectories(folder.resolve("class/sdx"));
    try (ServerSocketChannel cannotBeOpened =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      cannotBeOpened.bind(UnixDomainSocketAddress.of(drive));
      Path classes = folder.resolve("class");

      Files.writeString(listed.resolve("size"), "0\n");
      try (Medium medium = FileMedium.open(drive, classes)) {
        assertThat(MediaScan.scan(medium, true).verdict()).isEqualTo(Verdict.LOCKED_HARDWARE);
        assertThat(MediaScan.scan(medium, false).reasons()).containsExactly(Reason.NO_MEDIUM);
        assertThat(medium.readAt(0, ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(medium.sectorBytes()).isEmpty();
      }
      Files.writeString(listed.resolve("size"), "2048\n");
      assertThatThrownBy(() -> FileMedium.open(drive, classes)).isInstanceOf(IOException.class);
      Files.delete(listed.resolve("size"));
      assertThatThrownBy(() -> FileMedium.open(drive, classes)).isInstanceOf(IOException.class);
    }
  }
}
