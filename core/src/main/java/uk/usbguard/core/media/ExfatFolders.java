package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.List;

/** Lists the folders of an exFAT file system. */
final class ExfatFolders {

  private static final int ENTRY = 32;
  private static final int LARGEST = 2 << 20;
  private static final int FILE = 0x85;
  private static final int STREAM = 0xC0;
  private static final int NAME = 0xC1;
  private static final int IN_USE = 0x80;
  private static final int BENIGN = 0x20;
  private static final int DELETED_FILE = 0x05;
  private static final int FLAGS_AT = 106;
  private static final int SECOND_TABLE = 1;
  private static final int NAME_CHARS = 15;
  private static final int FOLDER = 0x10;
  private static final int CONTIGUOUS = 0x02;

  private final Region region;
  private final ExfatVolume volume;
  private final ClusterMap map;

  ExfatFolders(Region region, ExfatVolume volume) {
    this.region = region;
    this.volume = volume;
    this.map = volume.map(region);
  }

  Folder root() throws ReadFailedException {
    Folder folder = folder(map.chain(volume.rootCluster(), LARGEST));
    boolean first = (region.at(FLAGS_AT, 1).u8(0) & SECOND_TABLE) == 0;
    return new Folder(folder.nodes(), folder.deleted(), folder.complete() && first);
  }

  private Folder folder(List<Long> places) throws ReadFailedException {
    long length = (long) places.size() * map.clusterBytes();
    boolean whole = length < LARGEST && !places.isEmpty();
    Region content = new ClusterFile(region, map.clusterBytes(), places, length);
    return list(content.at(0, (int) Math.min(length, LARGEST)), whole);
  }

  private Folder list(Block entries, boolean whole) throws ReadFailedException {
    List<Node> nodes = new ArrayList<>();
    int deleted = 0;
    boolean understood = true;
    int at = 0;
    while (at < entries.length()) {
      int type = entries.u8(at);
      int followers = 0;
      if (type == FILE) {
        followers = entries.u8(at + 1);
        Block set = entries.part(at, (followers + 1) * ENTRY);
        understood &= isSet(set, followers);
        nodes.add(node(set, followers));
      } else if (type == DELETED_FILE) {
        deleted++;
      } else {
        understood &= isHarmless(type);
      }
      if (nodes.size() > Folder.MAX_NODES) {
        return new Folder(nodes, deleted, false);
      }
      at += (followers + 1) * ENTRY;
    }
    return new Folder(nodes, deleted, whole && understood);
  }

  /**
   * Bitmap, up-case table, label, volume GUID, what is free, and what readers may skip. A type of 0
   * is free as well: the end for Windows and for the kernel, but not for exfat-fuse.
   */
  private static boolean isHarmless(int type) {
    return (type & IN_USE) == 0 || (type >= 0x81 && type <= 0x83) || (type & BENIGN) != 0;
  }

  private static boolean isSet(Block set, int followers) {
    int names = (set.u8(ENTRY + 3) + NAME_CHARS - 1) / NAME_CHARS;
    return followers >= 2
        && set.u8(ENTRY) == STREAM
        && followers >= 1 + names
        && set.u8(2 * ENTRY) == NAME;
  }

  private Node node(Block set, int followers) throws ReadFailedException {
    StringBuilder name = new StringBuilder();
    int length = set.u8(ENTRY + 3);
    for (int i = 0; i < length && i < (followers - 1) * NAME_CHARS; i++) {
      int entry = 2 + i / NAME_CHARS;
      name.append((char) set.u16(entry * ENTRY + 2 + 2 * (i % NAME_CHARS)));
    }
    boolean folder = (set.u16(4) & FOLDER) != 0;
    boolean contiguous = (set.u8(ENTRY + 1) & CONTIGUOUS) != 0;
    long cluster = set.u32(ENTRY + 20);
    long size = Math.max(0, set.u64(ENTRY + 24));
    Region content = new ClusterFile(region, map.clusterBytes(), List.of(), 0);
    if (!folder) {
      List<Long> places = contiguous ? map.run(cluster, size) : map.chain(cluster, size);
      content = new ClusterFile(region, map.clusterBytes(), places, size);
    }
    return new ClusterNode(
        name.toString(),
        folder,
        content,
        () -> folder(contiguous ? map.run(cluster, size) : map.chain(cluster, LARGEST)));
  }
}
