package uk.usbguard.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.Node;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.Trailer;

/** Plaintexts of records, and what is readable without a key. */
final class RecordTargets {

  private static final int SUM_AT = 124;

  private RecordTargets() {}

  static void rootSlot(byte[] input) {
    byte[] plain = Arrays.copyOf(input, RootSlot.PLAIN_LENGTH);
    RootSlot.decode(plain).ifPresent(slot -> assertThat(slot.encode()).isEqualTo(plain));
  }

  static void segmentHeader(byte[] input) {
    byte[] header = Arrays.copyOf(input, SegmentHeader.LENGTH);
    KeyAreaTargets.putSum(header, SUM_AT);
    SegmentHeader.read(header).ifPresent(read -> assertThat(read.encode()).isEqualTo(header));
  }

  static void frame(byte[] input) {
    byte[] bytes = Arrays.copyOf(input, SUM_AT + 4);
    KeyAreaTargets.putSum(bytes, SUM_AT);
    Optional<Frame> frame = Frame.read(bytes, 0);
    if (frame.isPresent()) {
      byte[] written = new byte[bytes.length];
      frame.get().writeTo(written, 0);
      assertThat(written).isEqualTo(bytes);
    }
  }

  static void trailer(byte[] plain) {
    try {
      EpochSalt own = FuzzSeeds.trailerEpoch();
      assertThat(Trailer.decode(plain, own, FuzzSeeds.BATCH).encode(own)).isEqualTo(plain);
    } catch (DamagedContainerException e) {
      // declared
    }
  }

  static void commit(byte[] plain) {
    try {
      assertThat(CommitRecord.decode(plain, plain.length, 0).encode()).isEqualTo(plain);
    } catch (DamagedContainerException e) {
      // declared
    }
  }

  /** The first byte says the level. */
  static void node(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] plain = Arrays.copyOfRange(input, 1, input.length);
    try {
      Node node = NodeCodec.decode(plain, input[0] & 0xFF, 0);
      byte[] written = new byte[IndexLimits.NODE];
      int length = NodeCodec.encode(node, written);
      assertThat(Arrays.copyOf(written, length)).isEqualTo(plain);
    } catch (DamagedContainerException e) {
      // declared
    }
  }
}
