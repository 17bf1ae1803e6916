package uk.usbguard.core.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the folders of a FAT file system. */
final class FatFolders {

  private static final int ENTRY = 32;
  private static final int LARGEST = 2 << 20;
  private static final int LONG_NAME = 0x0F;
  private static final int VOLUME_LABEL = 0x08;
  private static final int FOLDER = 0x10;
  private static final int DELETED = 0xE5;
  private static final int FLAGS_AT = 40;
  private static final int NOT_MIRRORED = 0x80;

  private final Region region;
  private final FatVolume volume;
  private final ClusterMap map;

  FatFolders(Region region, FatVolume volume) {
    this.region = region;
    this.volume = volume;
    this.map = volume.map(region);
  }

  Folder root() throws ReadFailedException {
    if (volume.format() == Format.FAT32) {
      Folder folder = folder(volume.rootCluster());
      return new Folder(folder.nodes(), folder.deleted(), folder.complete() && readsFirstTable());
    }
    int bytes = volume.rootEntries() * ENTRY;
    return list(region.at(volume.rootStart(), bytes), true);
  }

  /** Windows can be told to follow another of the copies of the FAT than the first. */
  private boolean readsFirstTable() throws ReadFailedException {
    return (region.at(FLAGS_AT, 2).u16(0) & NOT_MIRRORED) == 0;
  }

  private Folder folder(long cluster) throws ReadFailedException {
    List<Long> places = map.chain(cluster, LARGEST);
    long length = (long) places.size() * map.clusterBytes();
    boolean whole = length < LARGEST && !places.isEmpty();
    Region content = new ClusterFile(region, map.clusterBytes(), places, length);
    return list(content.at(0, (int) Math.min(length, LARGEST)), whole);
  }

  private Folder list(Block entries, boolean whole) throws ReadFailedException {
    List<Node> nodes = new ArrayList<>();
    FatLongName longName = new FatLongName();
    int deleted = 0;
    for (int at = 0; at < entries.length(); at += ENTRY) {
      int attributes = entries.u8(at + 11);
      boolean free = entries.u8(at) == 0; // the end for Windows; Linux goes on, and so do we
      if (!free && entries.u8(at) != DELETED && attributes == LONG_NAME) {
        longName.add(entries, at);
        continue;
      }
      if (entries.u8(at) == DELETED) {
        deleted++;
      } else if (!free && (attributes & VOLUME_LABEL) == 0) {
        Optional<String> name = longName.of(entries, at);
        if (name.isPresent() || !isDots(entries, at)) {
          nodes.add(node(entries.part(at, ENTRY), name));
        }
      }
      longName.forget();
      if (nodes.size() > Folder.MAX_NODES) {
        return new Folder(nodes, deleted, false);
      }
    }
    return new Folder(nodes, deleted, whole);
  }

  private static boolean isDots(Block entries, int at) {
    boolean named = entries.has(at, ".          ") || entries.has(at, "..         ");
    return named && (entries.u8(at + 11) & FOLDER) != 0;
  }

  private static String shortName(Block entry) {
    String name = new String(entry.slice(0, 8), StandardCharsets.ISO_8859_1).strip();
    String extension = new String(entry.slice(8, 3), StandardCharsets.ISO_8859_1).strip();
    return extension.isEmpty() ? name : name + "." + extension;
  }

  private Node node(Block entry, Optional<String> longName) throws ReadFailedException {
    long high = volume.format() != Format.FAT32 ? 0 : entry.u16(20);
    long cluster = (high << 16) | entry.u16(26);
    long size = entry.u32(28);
    boolean folder = (entry.u8(11) & FOLDER) != 0;
    String name = longName.orElseGet(() -> shortName(entry));
    List<Long> places = folder ? List.of() : map.chain(cluster, size);
    Region content = new ClusterFile(region, map.clusterBytes(), places, folder ? 0 : size);
    return new ClusterNode(name, folder, content, () -> folder(cluster));
  }
}
