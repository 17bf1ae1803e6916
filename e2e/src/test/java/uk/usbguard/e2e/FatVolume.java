package uk.usbguard.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a FAT32 volume that a check found in order, by the specification that Microsoft published.
 * mtools would do but for one thing that the check leaves behind: of a folder whose clusters are
 * gone it makes one that begins at cluster 0, which mtools takes for the root, and so on without
 * end.
 */
final class FatVolume {

  private static final int ENTRY = 32;
  private static final int DELETED = 0xE5;
  private static final int LONG_NAME = 0x0F;
  private static final int LABEL = 0x08;
  private static final int FOLDER = 0x10;
  private static final int[] CHARS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

  private final ByteBuffer image;
  private final int fat;
  private final int heap;
  private final int clusterBytes;
  private final Map<String, byte[]> files = new TreeMap<>();

  private FatVolume(ByteBuffer image) {
    this.image = image;
    int sector = image.getShort(11);
    this.fat = image.getShort(14) * sector;
    this.heap = fat + image.get(16) * image.getInt(36) * sector;
    this.clusterBytes = image.get(13) * sector;
  }

  /** All files that are on it, by their path. */
  static Map<String, byte[]> files(Path image) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    FatVolume volume = new FatVolume(bytes);
    volume.folder(bytes.getInt(44), "");
    return volume.files;
  }

  private void folder(int first, String path) throws IOException {
    ByteBuffer entries = ByteBuffer.wrap(chain(first)).order(ByteOrder.LITTLE_ENDIAN);
    String longName = "";
    for (int at = 0; at + ENTRY <= entries.limit() && entries.get(at) != 0; at += ENTRY) {
      int attributes = entries.get(at + 11);
      if ((entries.get(at) & 0xFF) == DELETED || entries.get(at) == '.') {
        longName = "";
      } else if (attributes == LONG_NAME) {
        longName = part(entries, at) + longName;
      } else {
        if ((attributes & LABEL) == 0) {
          entry(entries.slice(at, ENTRY).order(ByteOrder.LITTLE_ENDIAN), longName, path);
        }
        longName = "";
      }
    }
  }

  private void entry(ByteBuffer entry, String longName, String parent) throws IOException {
    String path = parent + (longName.isEmpty() ? shortName(entry) : longName);
    int first = entry.getShort(20) << 16 | entry.getShort(26) & 0xFFFF;
    if ((entry.get(11) & FOLDER) != 0) {
      folder(first, path + "/");
    } else {
      files.put(path, Arrays.copyOf(chain(first), entry.getInt(28)));
    }
  }

  private static String part(ByteBuffer entries, int at) {
    StringBuilder part = new StringBuilder();
    for (int i : CHARS) {
      char c = entries.getChar(at + i);
      if (c == 0) {
        break;
      }
      part.append(c);
    }
    return part.toString();
  }

  /** As a kernel shows it: in lower case where the entry says so. */
  private static String shortName(ByteBuffer entry) {
    String all = new String(entry.array(), entry.arrayOffset(), 11, StandardCharsets.US_ASCII);
    int lower = entry.get(12);
    String name = cased(all.substring(0, 8).strip(), (lower & 8) != 0);
    String suffix = cased(all.substring(8).strip(), (lower & 16) != 0);
    return suffix.isEmpty() ? name : name + "." + suffix;
  }

  private static String cased(String name, boolean lower) {
    return lower ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** What the FAT names, to the mark of its end. */
  private byte[] chain(int first) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int cluster = first;
    while (cluster >= 2 && cluster < 0x0FFF_FFF7) {
      bytes.write(image.array(), heap + (cluster - 2) * clusterBytes, clusterBytes);
      if (bytes.size() > image.limit()) {
        throw new IOException("a chain without end");
      }
      cluster = image.getInt(fat + 4 * cluster) & 0x0FFF_FFFF;
    }
    return bytes.toByteArray();
  }
}
