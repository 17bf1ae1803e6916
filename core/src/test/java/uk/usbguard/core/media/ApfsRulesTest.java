package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.little;
import static uk.usbguard.core.media.Seen.reasons;
import static uk.usbguard.core.media.Seen.scan;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** APFS of mkapfs with the flags of encryption: objects changed, their checksums put right. */
class ApfsRulesTest {

  private static final int BLOCK = 4096;

  private MemoryMedium medium = new MemoryMedium(0);

  /** The number of the block that holds the tree of the object map. */
  private long tree;

  private long map;

  @BeforeEach
  void read() {
    medium = MemoryMedium.of("apfs-encrypted");
    map = block(0).u64(160);
    tree = block(map).u64(48);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  private Block block(long number) {
    return new Block(medium.read(number * BLOCK, BLOCK));
  }

  /** Changes a number of an object and puts its checksum right. */
  private void set(long number, int at, long value, int length) {
    medium.write(number * BLOCK + at, little(value, length));
    sum(number);
  }

  /** Fletcher's checksum as Apple's reference gives it. */
  private void sum(long number) {
    Block block = block(number);
    long modulus = 0xFFFF_FFFFL;
    long one = 0;
    long two = 0;
    for (int at = 8; at < BLOCK; at += 4) {
      one = (one + block.u32(at)) % modulus;
      two = (two + one) % modulus;
    }
    long low = modulus - (one + two) % modulus;
    medium.write(number * BLOCK, little(low, 4));
    medium.write(number * BLOCK + 4, little(modulus - (one + low) % modulus, 4));
  }

  private void assertUnresolved() {
    MediumReport report = scan(medium);
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.PARTIAL);
    assertThat(reasons(report)).contains(Reason.VOLUMES_UNRESOLVED);
  }

  @Test
  @DisplayName("USB-02 what is summed again without a change is still verified")
  void summed() {
    sum(0);
    sum(map);
    sum(tree);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a superblock with an impossible block size is damaged, and no proof")
  @ValueSource(longs = {0, 2048, 4097, 131_072, 0xFFFF_FFFFL})
  void blockSize(long size) {
    set(0, 36, size, 4);
    MediumReport report = scan(medium);
    assertThat(Seen.isSound(report, Format.APFS_ENCRYPTED, 0)).isFalse();
    assertThat(report.isEncrypted()).isFalse();
  }

  @Test
  @DisplayName("USB-02 a container that claims encryption and has no key bag is plaintext")
  void noKeyBag() {
    set(0, 1296, 0, 8);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PLAINTEXT);
  }

  @Test
  @DisplayName("USB-02 the newest superblock of the ring counts, if its checksum is right")
  void newest() {
    long ring = block(0).u64(112);
    long slot = ring + block(0).u32(104) - 1;
    medium.write(slot * BLOCK, medium.read(0, BLOCK));
    set(slot, 1264, 0, 8); // no encryption
    set(slot, 16, block(0).u64(16) + 100, 8);
    assertThat(scan(medium).verdict()).as("newer, plain").isEqualTo(Verdict.PLAINTEXT);

    medium.write(slot * BLOCK + 8, (byte) 0x77);
    assertThat(scan(medium).verdict()).as("broken").isEqualTo(Verdict.VERIFIED_ENCRYPTED);

    set(slot, 36, 8192, 4);
    assertThat(scan(medium).verdict()).as("other size").isEqualTo(Verdict.VERIFIED_ENCRYPTED);

    set(slot, 36, 4096, 4);
    set(slot, 16, 0, 8);
    assertThat(scan(medium).verdict()).as("older").isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @Test
  @DisplayName("a ring of 2^32 superblocks, at a place behind every end, is bounded")
  void hostileRing() {
    set(0, 104, 0xFFFF_FFFFL, 4);
    set(0, 112, Long.MAX_VALUE, 8);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    set(0, 112, -5, 8);
    MediumReport report = scan(medium);
    assertThat(report.bytesRead()).isLessThan(PageReader.BUDGET);
  }

  @ParameterizedTest
  @DisplayName("USB-02 volumes that the object map does not lead to prove nothing")
  @CsvSource({"184,99999", "184,0", "160,0", "160,-1", "160,9223372036854775807", "160,5"})
  void unresolved(int at, long value) {
    set(0, at, value, 8);
    assertUnresolved();
  }

  @ParameterizedTest
  @DisplayName(
      "USB-02 an object map with a wrong checksum, or a tree without fixed entries, is none")
  @CsvSource({"map,56", "tree,200"})
  void brokenMap(String which, int at) {
    long number = which.equals("map") ? map : tree;
    medium.write(number * BLOCK + at, (byte) 0x77);
    assertUnresolved();
    set(tree, 32, block(tree).u16(32) & ~4, 2);
    sum(map);
    assertUnresolved();
  }

  @Test
  @DisplayName(
      "USB-02 a volume with a wrong checksum, or another object in its place, is not believed")
  void brokenVolume() {
    long volume = onlyVolume();
    medium.write(volume * BLOCK + 300, (byte) 0x77);
    assertUnresolved();
    set(volume, 300, 0, 1);
    set(volume, 32, 0x4142_4344, 4);
    assertUnresolved();
  }

  /** The block of the volume, from the one entry of the tree's root, which is a leaf. */
  private long onlyVolume() {
    Block root = block(tree);
    int offset = root.u16(56 + root.u16(40) + 2);
    return root.u64(BLOCK - 40 - offset + 8);
  }

  @Test
  @DisplayName("USB-02 a map of two levels leads to the volume; one that leads in a circle ends")
  void twoLevels() {
    long leaf = 300;
    medium.write(leaf * BLOCK, medium.read(tree * BLOCK, BLOCK));
    Block root = block(tree);
    int table = 56 + root.u16(40);
    medium.write(leaf * BLOCK + table + 2, little(root.u16(table + 2) + 40, 2)); // no footer there
    set(leaf, 32, root.u16(32) & ~1, 2);
    set(tree, 32, root.u16(32) & ~2, 2);
    set(tree, BLOCK - 40 - root.u16(table + 2), leaf, 8);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);

    set(tree, BLOCK - 40 - root.u16(table + 2), tree, 8);
    set(tree, 36, 1000, 4);
    assertUnresolved();
  }
}
