package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.hex;
import static uk.usbguard.core.media.Seen.little;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Directories of FAT and exFAT on media of mkfs, with entries that are laid out by hand. */
class FoldersTest {

  private static final int ENTRY = 32;
  private static final int FOLDER = 0x10;

  private MemoryMedium medium = new MemoryMedium(0);

  private Region region() {
    return new MediumRegion(new PageReader(medium, medium.sizeBytes()), 0, medium.sizeBytes());
  }

  private Block boot() {
    return new Block(medium.read(0, 512));
  }

  // --- FAT

  private FatVolume fat(String resource) {
    medium = MemoryMedium.of(resource);
    return FatVolume.read(boot()).orElseThrow();
  }

  private Folder fatRoot() throws ReadFailedException {
    return new FatFolders(region(), FatVolume.read(boot()).orElseThrow()).root();
  }

  /** A short entry: name of 11 characters, attributes, first cluster, size. */
  private void fatEntry(long at, String name, int attributes, int cluster, long size) {
    medium
        .write(at, name.getBytes(StandardCharsets.ISO_8859_1))
        .write(at + 11, (byte) attributes)
        .write(at + 26, little(cluster, 2))
        .write(at + 28, little(size, 4));
  }

  /** A value of 12 bits in the FAT, as FAT12 packs them: here for even numbers only. */
  private void fat12(FatVolume volume, int cluster, int next) {
    long at = volume.fatStart() + cluster + cluster / 2;
    medium.write(at, (byte) next, (byte) (next >> 8));
  }

  private static List<String> names(Folder folder) {
    return folder.nodes().stream().map(Node::name).toList();
  }

  @Test
  @DisplayName(
      "USB-02 deleted entries are counted, labels and dots are none; what is behind the end is a file for Linux")
  void fatEntries() throws ReadFailedException {
    long root = fat("fat12-c2").rootStart();
    fatEntry(root, "\u00E5ETTER  DOC", 0x20, 5, 10);
    fatEntry(root + ENTRY, "WARD 7     ", 0x08, 0, 0);
    fatEntry(root + 2 * ENTRY, ".          ", FOLDER, 0, 0);
    fatEntry(root + 3 * ENTRY, "..         ", FOLDER, 0, 0);
    fatEntry(root + 4 * ENTRY, "NOTE    TXT", 0x20, 0, 0);
    fatEntry(root + 5 * ENTRY, "README     ", 0x20, 0, 0);
    fatEntry(root + 7 * ENTRY, "BEHIND  END", 0x20, 0, 0);

    Folder folder = fatRoot();

    assertThat(names(folder)).containsExactly("NOTE.TXT", "README", "BEHIND.END");
    assertThat(folder.deleted()).isEqualTo(1);
    assertThat(folder.complete()).isTrue();
  }

  @Test
  @DisplayName("USB-02 a file that bears the name of a dot, or a long name beside it, is a file")
  void dots() throws ReadFailedException {
    long root = fat("fat12-c2").rootStart();
    fatEntry(root, ".          ", 0x20, 0, 0);
    longPart(root + ENTRY, LAST | 1, "letter.doc", "..         ");
    fatEntry(root + 2 * ENTRY, "..         ", FOLDER, 0, 0);

    assertThat(names(fatRoot())).containsExactly(".", "letter.doc");
  }

  @Test
  @DisplayName("USB-02 where Windows may follow another copy of the FAT the listing is incomplete")
  void otherTable() throws ReadFailedException {
    fat("fat32-c1");
    assertThat(fatRoot().complete()).isTrue();
    medium.write(40, (byte) 0x81);
    assertThat(fatRoot().complete()).isFalse();
    medium.write(40, (byte) 0).write(44, little(0, 4));
    assertThat(fatRoot().complete()).as("a root that lies nowhere").isFalse();

    openExfat();
    assertThat(exfatRoot().complete()).isTrue();
    medium.write(106, (byte) 1);
    assertThat(exfatRoot().complete()).isFalse();
  }

  @Test
  @DisplayName(
      "a long name is put together from its parts, and ends with its file or a deleted one")
  void longNames() throws ReadFailedException {
    long root = fat("fat12-c2").rootStart();
    longPart(root, LAST | 2, "cx", "ENCRYP~1UGC");
    longPart(root + ENTRY, 1, "Encrypted.ugc", "ENCRYP~1UGC");
    fatEntry(root + 2 * ENTRY, "ENCRYP~1UGC", 0x20, 0, 0);
    longPart(root + 3 * ENTRY, LAST | 1, "old", "NEW     TXT");
    fatEntry(root + 4 * ENTRY, "\u00E5LD     TXT", 0x20, 0, 0);
    fatEntry(root + 5 * ENTRY, "NEW     TXT", 0x20, 0, 0);

    assertThat(names(fatRoot())).containsExactly("Encrypted.ugccx", "NEW.TXT");
  }

  @Test
  @DisplayName("USB-02 a long name that belongs to something else is not the name of a file")
  void orphans() throws ReadFailedException {
    long root = fat("fat12-c2").rootStart();
    String patient = "PATIENT TXT";
    longPart(root, LAST | 1, "letters.ugc", "LETTERS UGC");
    fatEntry(root + ENTRY, patient, 0x20, 0, 0);
    longPart(root + 2 * ENTRY, 1, "no-first.ugc", patient);
    fatEntry(root + 3 * ENTRY, patient, 0x20, 0, 0);
    longPart(root + 4 * ENTRY, LAST | 2, "no-second.ugc", patient);
    fatEntry(root + 5 * ENTRY, patient, 0x20, 0, 0);
    longPart(root + 6 * ENTRY, LAST | 3, "c", patient);
    longPart(root + 7 * ENTRY, 1, "left-one-out.ug", patient);
    fatEntry(root + 8 * ENTRY, patient, 0x20, 0, 0);
    longPart(root + 9 * ENTRY, LAST, "number-0.ugc", patient);
    fatEntry(root + 10 * ENTRY, patient, 0x20, 0, 0);
    longPart(root + 11 * ENTRY, LAST | 21, "too-many.ugc", patient);
    fatEntry(root + 12 * ENTRY, patient, 0x20, 0, 0);

    assertThat(names(fatRoot())).hasSize(6).containsOnly("PATIENT.TXT");
  }

  /** Marks the part that is read first. */
  private static final int LAST = 0x40;

  /** A part as Microsoft's specification lays it out, for the short entry of this name. */
  private void longPart(long at, int number, String part, String shortName) {
    int[] places = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    int sum = 0;
    for (byte c : shortName.getBytes(StandardCharsets.ISO_8859_1)) {
      int rotated = (sum & 1) == 1 ? 0x80 | sum >> 1 : sum >> 1;
      sum = (rotated + (c & 0xFF)) % 256;
    }
    medium.write(at, (byte) number).write(at + 11, (byte) 0x0F).write(at + 13, (byte) sum);
    for (int i = 0; i < places.length; i++) {
      int c = i < part.length() ? part.charAt(i) : i == part.length() ? 0 : 0xFFFF;
      medium.write(at + places[i], little(c, 2));
    }
  }

  @Test
  @DisplayName("a folder is listed from its chain; one whose first cluster is none is incomplete")
  void fatFolder() throws ReadFailedException {
    FatVolume volume = fat("fat12-c2");
    fatEntry(volume.rootStart(), "LETTERS    ", FOLDER, 4, 0);
    fatEntry(volume.rootStart() + ENTRY, "NOWHERE    ", FOLDER, 1, 0);
    fat12(volume, 4, 0xFFF);
    fatEntry(volume.dataStart() + 2L * volume.clusterBytes(), "A       TXT", 0x20, 0, 0);

    List<Node> nodes = fatRoot().nodes();

    assertThat(nodes.get(0).isFolder()).isTrue();
    assertThat(names(nodes.get(0).folder())).containsExactly("A.TXT");
    assertThat(nodes.get(0).folder().complete()).isTrue();
    assertThat(nodes.get(1).folder().complete()).isFalse();
    assertThat(nodes.get(1).folder().nodes()).isEmpty();
  }

  @Test
  @DisplayName("a chain that runs in a circle ends, and what no cluster holds reads as zero")
  void circle() throws ReadFailedException {
    FatVolume volume = fat("fat12-c2");
    fatEntry(volume.rootStart(), "CIRCLE  TXT", 0x20, 4, 0xFFFF_FFFFL);
    fat12(volume, 4, 6);
    fat12(volume, 6, 4);
    medium.write(volume.dataStart() + 2L * volume.clusterBytes(), (byte) 0x77);

    Region content = fatRoot().nodes().get(0).content();

    assertThat(content.length()).isEqualTo(0xFFFF_FFFFL);
    assertThat(content.at(0, 2).u8(0)).isEqualTo(0x77);
    assertThat(content.at(2L * volume.clusterBytes(), 4096).isZero()).isTrue();
    assertThat(content.at(-5, 16).isZero()).isTrue();
    assertThat(content.at(0xFFFF_FFFEL, 16).isZero()).isTrue();
  }

  @Test
  @DisplayName("a directory with more entries than are listed is incomplete, not empty")
  void tooManyInFat() throws ReadFailedException {
    FatVolume volume = fat("fat32-c1");
    int perCluster = volume.clusterBytes() / ENTRY;
    int clusters = Folder.MAX_NODES / perCluster + 2;
    for (int i = 0; i < clusters; i++) {
      medium.write(volume.fatStart() + 4L * (2 + i), little(3L + i, 4));
      for (int entry = 0; entry < perCluster; entry++) {
        long at = volume.dataStart() + (long) i * volume.clusterBytes() + (long) entry * ENTRY;
        fatEntry(at, "F       TXT", 0x20, 0, 0);
      }
    }
    assertThat(fatRoot().complete()).isFalse();
    assertThat(fatRoot().nodes()).hasSizeGreaterThan(Folder.MAX_NODES);
  }

  // --- exFAT

  private static final int CLUSTER = 4096;

  private ExfatVolume exfat() {
    return ExfatVolume.read(boot()).orElseThrow();
  }

  private Folder exfatRoot() throws ReadFailedException {
    return new ExfatFolders(region(), exfat()).root();
  }

  private long place(long cluster) {
    return exfat().dataStart() + (cluster - 2) * CLUSTER;
  }

  /** The first free entry of the root of a fresh exFAT. */
  private long openExfat() {
    medium = MemoryMedium.of("exfat-c4K");
    long at = place(exfat().rootCluster());
    while (medium.read(at, 1)[0] != 0) {
      at += ENTRY;
    }
    return at;
  }

  /** A set of three entries; flags: 1 allocated, 3 allocated and contiguous. */
  private void exfatEntry(
      long at, String name, int attributes, int flags, long cluster, long size) {
    medium
        .write(at, hex("8502"))
        .write(at + 4, little(attributes, 2))
        .write(at + ENTRY, (byte) 0xC0, (byte) flags, (byte) 0, (byte) name.length())
        .write(at + ENTRY + 20, little(cluster, 4))
        .write(at + ENTRY + 24, little(size, 8))
        .write(at + 2 * ENTRY, (byte) 0xC1, (byte) 0)
        .write(at + 2 * ENTRY + 2, name.getBytes(StandardCharsets.UTF_16LE));
  }

  @Test
  @DisplayName("files and folders of exFAT are found by chain and by run; deleted ones are counted")
  void exfatEntries() throws ReadFailedException {
    long at = openExfat();
    exfatEntry(at, "run.txt", 0x20, 3, 100, 3 * CLUSTER);
    exfatEntry(at + 96, "Letters", FOLDER, 3, 200, CLUSTER);
    exfatEntry(at + 192, "Chained", FOLDER, 1, 300, CLUSTER);
    medium.write(at + 288, (byte) 0x05);
    medium.write(place(102), (byte) 0x77);
    exfatEntry(place(200), "a.txt", 0x20, 1, 0, 0);
    exfatEntry(place(300) + 5 * ENTRY, "b.txt", 0x20, 1, 0, 0); // exfat-fuse shows it
    medium.write(exfat().fatStart() + 4 * 300, little(0xFFFF_FFFFL, 4));

    Folder root = exfatRoot();

    assertThat(names(root)).containsExactly("run.txt", "Letters", "Chained");
    assertThat(root.deleted()).isEqualTo(1);
    assertThat(root.complete()).isTrue();
    assertThat(root.nodes().get(0).content().at(2 * CLUSTER, 1).u8(0)).isEqualTo(0x77);
    assertThat(root.nodes().get(0).folder()).isEqualTo(Folder.NONE);
    assertThat(names(root.nodes().get(1).folder())).containsExactly("a.txt");
    assertThat(names(root.nodes().get(2).folder())).containsExactly("b.txt");
  }

  @Test
  @DisplayName("a run that claims 2^62 bytes is bounded by the volume and by 65,536 clusters")
  void hostileRun() throws ReadFailedException {
    long at = openExfat();
    exfatEntry(at, "all.bin", 0x20, 3, 2, 1L << 62);
    Region content = exfatRoot().nodes().get(0).content();
    assertThat(content.at(1L << 61, 4096).isZero()).isTrue();
    ClusterMap map = new ClusterMap(region(), 32, 0, 0, 512, Long.MAX_VALUE / 4);
    assertThat(map.run(2, Long.MAX_VALUE)).hasSize(ClusterMap.MAX_CHAIN);
    assertThat(map.run(2, 1025)).hasSize(3);
    assertThat(map.run(1, 1025)).isEmpty();
    assertThat(exfat().map(region()).run(exfat().clusters() + 1, 1L << 40)).hasSize(1);
  }

  @Test
  @DisplayName("a set of entries that breaks its rules makes the listing incomplete")
  void brokenSets() throws ReadFailedException {
    for (String change : List.of("1:01", "32:C1", "35:FF", "64:C0", "0:87")) {
      long at = openExfat();
      exfatEntry(at, "letter.txt", 0x20, 1, 0, 0);
      assertThat(exfatRoot().complete()).isTrue();
      int colon = change.indexOf(':');
      int field = Integer.parseInt(change.substring(0, colon));
      medium.write(at + field, hex(change.substring(colon + 1)));
      assertThat(exfatRoot().complete()).as(change).isFalse();
    }
  }

  @Test
  @DisplayName("what readers may skip is skipped: free entries, and benign ones of later versions")
  void harmless() throws ReadFailedException {
    long at = openExfat();
    medium.write(at, hex("41")).write(at + ENTRY, hex("A0")).write(at + 2 * ENTRY, hex("E1"));
    assertThat(exfatRoot().complete()).isTrue();
    assertThat(exfatRoot().nodes()).isEmpty();
  }

  @Test
  @DisplayName("a root that lies nowhere is never taken for an empty one")
  void brokenRoot() throws ReadFailedException {
    openExfat();
    medium.write(96, little(1, 4));
    assertThat(exfatRoot().complete()).isFalse();
  }
}
