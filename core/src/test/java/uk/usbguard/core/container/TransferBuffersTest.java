package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("The buffers that large files are read through")
class TransferBuffersTest {

  private static final int LARGE = 5 * 1024 * 1024 + 77;

  private static Records records() {
    try (SecretBytes master = SecretBytes.take(new byte[32])) {
      return new Records(
          new StandardProfile(new SecureRandom()), master, ContainerId.of(new byte[16]));
    }
  }

  @Test
  @DisplayName("are used again, and hold no plaintext once the container is closed")
  void usedAgain() {
    try (Records records = records()) {
      TransferBuffers buffers = new TransferBuffers(records);
      TransferBuffers.Pair first = buffers.take();
      TransferBuffers.Pair late = buffers.take();
      assertThat(late).isNotSameAs(first);
      first.plain().put(3, (byte) 'p');
      late.plain().put(late.plain().capacity() - 1, (byte) 'p');

      buffers.give(first);
      assertThat(buffers.take()).isSameAs(first);
      buffers.give(first);
      buffers.close();
      buffers.give(late);

      assertThat(first.plain().get(3)).isZero();
      assertThat(late.plain().get(late.plain().capacity() - 1)).isZero();
      assertThat(buffers.take())
          .as("none is kept after the end")
          .isNotSameAs(first)
          .isNotSameAs(late);
    }
  }

  @Test
  @DisplayName("are enough for two large files at once: no more are made for the next ones")
  void enoughForTwo() {
    try (Records records = records()) {
      TransferBuffers buffers = new TransferBuffers(records);
      List<TransferBuffers.Pair> both = new ArrayList<>();
      for (int i = 0; i < 2 * FileTransfer.AHEAD; i++) {
        both.add(buffers.take());
      }
      both.forEach(buffers::give);

      assertThat(buffers.take()).as("the last one first").isSameAs(both.get(both.size() - 1));
      for (int i = both.size() - 2; i >= 0; i--) {
        assertThat(buffers.take()).isSameAs(both.get(i));
      }
    }
  }

  @Test
  @DisplayName("go back only once nobody fills them any more, and then at once")
  void lent() {
    try (Records records = records()) {
      TransferBuffers buffers = new TransferBuffers(records);
      TransferBuffers.Loan loan = buffers.lend();
      assertThat(loan.begin()).isTrue();
      loan.end();
      TransferBuffers.Pair meanwhile = buffers.take();
      assertThat(meanwhile).isNotSameAs(loan.pair());
      loan.done();
      assertThat(buffers.take()).isSameAs(loan.pair());
      assertThat(loan.begin()).as("it is somebody else's now").isFalse();

      TransferBuffers.Loan idle = buffers.lend();
      idle.end();
      assertThat(buffers.take()).isSameAs(idle.pair());
    }
  }

  @Test
  @DisplayName("are whole for the next reader where somebody stops in the middle of a file")
  void stoppedInTheMiddle() throws Exception {
    Rig rig = new Rig(64);
    byte[] scan = Rig.bytes(1, LARGE);
    byte[] letter = Rig.bytes(2, LARGE + 200_000);
    rig.put("/scan", scan);
    rig.put("/letter", letter);
    rig.reopen();
    List<ByteBuffer> seen = new ArrayList<>();

    for (int stopAfter = 0; stopAfter < 8; stopAfter++) {
      int most = stopAfter;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      WritableByteChannel channel = Channels.newChannel(out);
      seen.clear();
      assertThatIOException()
          .isThrownBy(
              () ->
                  rig.container
                      .openFile(Rig.path("/scan"))
                      .transferTo(
                          bytes -> {
                            if (seen.size() == most) {
                              throw new IOException("enough");
                            }
                            seen.add(bytes);
                            channel.write(bytes);
                          }))
          .withMessage("enough");
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(scan, out.size()));
      assertThat(rig.get("/letter")).isEqualTo(letter);
      assertThat(rig.get("/scan")).isEqualTo(scan);
    }

    rig.container.close();
    for (ByteBuffer buffer : seen) {
      ByteBuffer all = buffer.duplicate().clear();
      assertThat(all.mismatch(ByteBuffer.allocate(all.capacity()))).isEqualTo(-1);
    }
  }
}
