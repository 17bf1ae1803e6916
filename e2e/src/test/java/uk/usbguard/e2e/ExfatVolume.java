package uk.usbguard.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads an exFAT volume that a check found in order, by the specification that Microsoft published.
 * There is no tool for it that needs no driver.
 */
final class ExfatVolume {

  private static final int ENTRY = 32;
  private static final int FILE = 0x85;
  private static final int STREAM = 0xC0;
  private static final int NAME = 0xC1;
  private static final int FOLDER = 0x10;
  private static final int NO_CHAIN = 0x02;

  private final FileChannel image;
  private final long fat;
  private final long heap;
  private final int clusters;
  private final int clusterBytes;
  private final Map<String, byte[]> files = new TreeMap<>();

  private ExfatVolume(FileChannel image, ByteBuffer boot) {
    this.image = image;
    int sector = 1 << boot.get(108);
    this.fat = (long) boot.getInt(80) * sector;
    this.heap = (long) boot.getInt(88) * sector;
    this.clusters = boot.getInt(92);
    this.clusterBytes = sector << boot.get(109);
  }

  /** All files that are on it, by their path. */
  static Map<String, byte[]> files(Path image) throws IOException {
    try (FileChannel channel = FileChannel.open(image)) {
      ByteBuffer boot = at(channel, 0, 512);
      if (!new String(boot.array(), 3, 8, StandardCharsets.US_ASCII).equals("EXFAT   ")) {
        throw new IOException("no exFAT: " + image);
      }
      ExfatVolume volume = new ExfatVolume(channel, boot);
      volume.folder(volume.chain(boot.getInt(96), Long.MAX_VALUE, false), "");
      return volume.files;
    }
  }

  private void folder(byte[] entries, String path) throws IOException {
    ByteBuffer folder = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + ENTRY <= entries.length && folder.get(at) != 0; at += ENTRY) {
      if ((folder.get(at) & 0xFF) == FILE) {
        int more = folder.get(at + 1) & 0xFF;
        boolean isFolder = (folder.getShort(at + 4) & FOLDER) != 0;
        entry(
            folder.slice(at + ENTRY, more * ENTRY).order(ByteOrder.LITTLE_ENDIAN), isFolder, path);
        at += more * ENTRY;
      }
    }
  }

  private void entry(ByteBuffer secondary, boolean isFolder, String parent) throws IOException {
    if ((secondary.get(0) & 0xFF) != STREAM) {
      throw new IOException("an entry without a stream");
    }
    int length = secondary.get(3) & 0xFF;
    StringBuilder name = new StringBuilder();
    for (int at = ENTRY; at < secondary.limit(); at += ENTRY) {
      for (int i = 0; (secondary.get(at) & 0xFF) == NAME && i < 15; i++) {
        name.append(secondary.getChar(at + 2 + 2 * i));
      }
    }
    name.setLength(length);
    long valid = secondary.getLong(8);
    long size = secondary.getLong(24);
    byte[] bytes = chain(secondary.getInt(20), size, (secondary.get(1) & NO_CHAIN) != 0);
    String path = parent + name;
    if (isFolder) {
      folder(bytes, path + "/");
    } else {
      Arrays.fill(bytes, (int) valid, bytes.length, (byte) 0);
      files.put(path, bytes);
    }
  }

  /** The bytes of a row of clusters: those that lie side by side, or those that the FAT names. */
  private byte[] chain(int first, long size, boolean contiguous) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int cluster = first;
    while (bytes.size() < size && cluster >= 2 && cluster < clusters + 2) {
      int length = (int) Math.min(clusterBytes, size - bytes.size());
      bytes.write(at(image, heap + (cluster - 2L) * clusterBytes, length).array());
      cluster = contiguous ? cluster + 1 : at(image, fat + 4L * cluster, 4).getInt(0);
    }
    if (size != Long.MAX_VALUE && bytes.size() != size) {
      throw new IOException("a row of clusters that ends early");
    }
    return bytes.toByteArray();
  }

  private static ByteBuffer at(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the image ends early");
      }
    }
    return bytes.flip();
  }
}
