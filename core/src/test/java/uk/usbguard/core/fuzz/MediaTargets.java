package uk.usbguard.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import uk.usbguard.core.media.MediaScan;
import uk.usbguard.core.media.Medium;
import uk.usbguard.core.media.MediumReport;

/** What lies on a stick that somebody found: its first bytes are the input, the rest is zero. */
final class MediaTargets {

  /** Partition tables, boot sectors, superblocks and headers lie within. */
  static final int LONGEST = 70_000;

  private static final long SIZE = 2L << 20;
  private static final long MOST_READ = 64L << 20;
  private static final int PAGE = 4096;
  private static final int PIECE = 4096 + 512;

  /** Media of core.media's tests, one of a kind. */
  private static final List<String> MEDIA =
      List.of(
          "fat12-c2",
          "fat32-c1",
          "exfat-c4K",
          "ntfs-c4096",
          "ext4-b4096",
          "xfs-crc1-m",
          "btrfs",
          "f2fs-encrypt",
          "udf-hd-2.01",
          "iso-both",
          "hfsplus",
          "apfs-encrypted",
          "luks1-aes-xts-plain64-512",
          "luks2-aes-xts-plain64-512",
          "bitlocker-win10",
          "togo-plain-area",
          "ugc-fat16-companions",
          "ugc-exfat-chained",
          "gpt-zeros",
          "mbr-logical-zeros",
          "hybrid-zeros",
          "lvm2",
          "md-1.2",
          "core-storage");

  private MediaTargets() {}

  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : MEDIA) {
      seeds.add(start(name));
    }
    return seeds;
  }

  /** The first bytes of a medium: pages with their offsets, see README.txt beside the resources. */
  private static byte[] start(String name) throws IOException {
    String resource = "/uk/usbguard/core/media/" + name + ".pages.gz";
    byte[] start = new byte[LONGEST];
    try (InputStream raw = MediaTargets.class.getResourceAsStream(resource);
        DataInputStream in =
            new DataInputStream(new GZIPInputStream(Objects.requireNonNull(raw, resource)))) {
      in.readLong();
      while (true) {
        long offset = in.readLong();
        byte[] page = in.readNBytes(PAGE);
        if (offset < LONGEST) {
          int length = (int) Math.min(PAGE, LONGEST - offset);
          System.arraycopy(page, 0, start, (int) offset, length);
        }
      }
    } catch (EOFException end) {
      return start;
    }
  }

  /** A scan ends without an exception, within its limit, and the same however much a read gives. */
  static void scan(byte[] input) {
    MediumReport report = MediaScan.scan(new Stick(input, Integer.MAX_VALUE), false);
    assertThat(report.bytesRead()).isLessThanOrEqualTo(MOST_READ);
    MediumReport pieces = MediaScan.scan(new Stick(input, PIECE), false);
    assertThat(pieces).isEqualTo(report);
  }

  private record Stick(byte[] start, int most) implements Medium {

    @Override
    public long sizeBytes() {
      return SIZE;
    }

    @Override
    public OptionalInt sectorBytes() {
      return OptionalInt.empty();
    }

    @Override
    public int readAt(long offsetBytes, ByteBuffer target) {
      int length = Math.min(most, target.remaining());
      for (int i = 0; i < length; i++) {
        long at = offsetBytes + i;
        target.put(at < start.length ? start[(int) at] : 0);
      }
      return length;
    }

    @Override
    public void close() {
      // memory
    }
  }
}
