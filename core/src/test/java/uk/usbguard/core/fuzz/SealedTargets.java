package uk.usbguard.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.crypto.CountingRandom;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.BatchBuilder;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.record.WriteEpoch;
import uk.usbguard.core.secret.SecretBytes;

/**
 * What is sealed, under a key that the attacker does not have: random bytes never open, and what
 * does not open shows nothing.
 */
final class SealedTargets {

  private static final Sealed SEALED = Sealed.make();

  private SealedTargets() {}

  /** Good ones of each kind, always the same. */
  record Sealed(
      Records records, RecordName name, byte[] plain, byte[] record, byte[] root, byte[] batch) {

    private static final long CLOCK = 1_790_000_000_000L;

    static Sealed make() {
      Records records =
          new Records(
              new StandardProfile(new CountingRandom()),
              SecretBytes.take(new byte[32]),
              ContainerId.of(Arrays.copyOf(new byte[] {1}, 16)));
      WriteEpoch epoch = records.newEpoch();
      byte[] plain = new byte[500];
      Arrays.fill(plain, (byte) 'p');
      RecordName name = RecordName.data(epoch.salt(), epoch.take(), 2, 0);
      byte[] record = new byte[plain.length + 28];
      epoch.seal(name, plain, 0, plain.length, record, 0);
      FinishedBatch batch = batch(records, epoch, plain);
      RootSlot slot = batch.rootSlot();
      return new Sealed(records, name, plain, record, records.sealRoot(slot, 0, 0), exactly(batch));
    }

    private static byte[] exactly(FinishedBatch batch) {
      return Arrays.copyOf(batch.bytes(), batch.place().length());
    }

    private static FinishedBatch batch(Records records, WriteEpoch epoch, byte[] plain) {
      Region region = new Layout(64L << 20).regionAt(Layout.FIRST_BATCH, 0).orElseThrow();
      BatchBuilder builder =
          new BatchBuilder(epoch, records.container(), region, 1, Runnable::run, new byte[0]);
      builder.addData(plain, 0, plain.length, 2, 0, () -> {});
      return builder.finishCommit(
          new Trailer(0, List.of(), List.of(), List.of(), List.of()),
          length -> commit(region.position() + length, length));
    }

    private static CommitRecord commit(long end, long written) {
      return new CommitRecord(
          1,
          Optional.empty(),
          true,
          false,
          CLOCK,
          Optional.empty(),
          end,
          2,
          0,
          0,
          0,
          written,
          end,
          List.of());
    }
  }

  static List<byte[]> seedRecords() {
    return List.of(SEALED.record());
  }

  static List<byte[]> seedRoots() {
    return List.of(SEALED.root());
  }

  static List<byte[]> seedBatches() {
    return List.of(SEALED.batch());
  }

  static void record(byte[] input) {
    byte[] out = new byte[Math.max(0, input.length - 28)];
    if (SEALED.records().open(SEALED.name(), input, 0, input.length, out, 0)) {
      assertThat(input).isEqualTo(SEALED.record());
      assertThat(out).isEqualTo(SEALED.plain());
    } else {
      assertThat(out).isEqualTo(new byte[out.length]);
    }
  }

  static void root(byte[] input) {
    byte[] block = Arrays.copyOf(input, RootSlot.LENGTH);
    SEALED
        .records()
        .openRoot(block, 0, 0, 0)
        .ifPresent(
            slot ->
                assertThat(Arrays.copyOf(block, 128)).isEqualTo(Arrays.copyOf(SEALED.root(), 128)));
  }

  private static Trailer verify(BatchReader reader, int length)
      throws IOException, DamagedContainerException {
    BatchPlace place = new BatchPlace(Layout.FIRST_BATCH, length);
    return reader.verify(place, reader.frame(place).generation());
  }

  /** A batch through everything that a reader does with one. */
  static void batch(byte[] input) throws IOException {
    BatchReader reader = OneBatch.reader(input, SEALED.records());
    try {
      Optional<Frame> frame = reader.frameAt(Layout.FIRST_BATCH);
      int length = frame.map(Frame::length).orElse(input.length);
      Trailer trailer = verify(reader, length);
      Trailer original =
          verify(OneBatch.reader(SEALED.batch(), SEALED.records()), SEALED.batch().length);
      assertThat(trailer.contents()).isEqualTo(original.contents());
      if (frame.isPresent()) {
        assertThat(reader.commit(frame.get()).timeMillis()).isEqualTo(Sealed.CLOCK);
      }
    } catch (DamagedContainerException e) {
      // declared
    }
  }
}
