package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Processes.Outcome;

/**
 * A container whose entry in the file system is damaged. The file system's own check puts what is
 * left of it into files without its name, and from these it is put together again.
 */
@DisplayName("ENC-14: what a real check of the file system left is a container again")
class LostAndFoundIT {

  private static final Map<String, String> PATHS =
      Map.of("PATH", System.getenv("PATH") + ":/sbin:/usr/sbin");

  private static final int DELETED = 0xE5;
  private static final int END_OF_CHAIN = 0x0FFF_FFFF;

  @TempDir private Path temp;
  private Guard guard;
  private Path image;

  @BeforeEach
  void makeAContainer() throws Exception {
    guard = new Guard(Files.createDirectory(temp.resolve("desk")));
    image = temp.resolve("image");
    byte[] scan = new byte[700_000];
    new SplittableRandom(5).nextBytes(scan);
    Files.createDirectories(guard.folder.resolve("src"));
    Files.write(guard.folder.resolve("src/scan"), scan);
    guard.file("src/letter", "a letter");
    Files.createDirectories(guard.folder.resolve("stick"));
    assertThat(guard.unlocked("encrypt", "src", "--to", "stick/c.ugc", "--no-recovery-key").code())
        .isZero();
  }

  private static Outcome run(String... command) throws Exception {
    return Processes.run(Path.of("/"), PATHS, List.of(command));
  }

  private void length(int mib) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) mib << 20);
    }
  }

  /** Takes the pieces to the desk, puts the container together and everything out of it. */
  private void assertIsBack(Map<String, byte[]> pieces) throws Exception {
    List<String> command = new ArrayList<>(List.of("repair", "--from"));
    for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
      String name = piece.getKey().replaceAll("[^A-Za-z0-9.]", "_");
      Files.write(guard.folder.resolve(name), piece.getValue());
      command.add(name);
    }
    command.addAll(List.of("--to", "new.ugc"));
    Guard.Result repaired = guard.unlocked(command.toArray(String[]::new));
    assertThat(repaired.code()).as(repaired.err()).isZero();
    assertThat(guard.unlocked("decrypt", "new.ugc", "--to", "out").code()).isZero();
    assertThat(Trees.digests(Trees.files(guard.folder.resolve("out"))))
        .isEqualTo(
            Trees.digests(
                Map.of(
                    "src/scan", Files.readAllBytes(guard.folder.resolve("src/scan")),
                    "src/letter", Files.readAllBytes(guard.folder.resolve("src/letter")))));
  }

  @Test
  @DisplayName(
      "FAT32: its entry is gone and its chain of clusters broken; fsck.fat leaves .REC files")
  void fat() throws Exception {
    length(36);
    assertThat(run("mkfs.fat", "-F", "32", "-s", "1", image.toString()).exitCode()).isZero();
    String from = guard.folder.resolve("stick/c.ugc").toString();
    assertThat(run("mcopy", "-i", image.toString(), from, "::C.UGC").exitCode()).isZero();
    byte[] disk = Files.readAllBytes(image);
    breakEntry(ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(image, disk);

    Outcome check = run("fsck.fat", "-a", image.toString());

    assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
    Map<String, byte[]> pieces = FatVolume.files(image);
    assertThat(pieces.keySet()).containsExactly("FSCK0000.REC", "FSCK0001.REC");
    assertIsBack(pieces);
  }

  /** Marks the only file as deleted, and ends its chain in the middle. */
  private static void breakEntry(ByteBuffer disk) {
    int sector = disk.getShort(11);
    int fat = disk.getShort(14) * sector;
    int heap = fat + disk.get(16) * disk.getInt(36) * sector;
    int root = heap + (disk.getInt(44) - 2) * disk.get(13) * sector;
    assertThat(disk.get(root)).isEqualTo((byte) 'C');
    int first = disk.getShort(root + 20) << 16 | disk.getShort(root + 26) & 0xFFFF;
    int clusters = disk.getInt(root + 28) / (disk.get(13) * sector);
    disk.put(root, (byte) DELETED);
    for (int copy = 0; copy < disk.get(16); copy++) {
      disk.putInt(fat + copy * disk.getInt(36) * sector + 4 * (first + clusters / 2), END_OF_CHAIN);
    }
  }

  @Test
  @DisplayName("ext4: its entry is gone; e2fsck leaves it in lost+found under its number")
  void ext4() throws Exception {
    length(12);
    String stick = guard.folder.resolve("stick").toString();
    assertThat(run("mkfs.ext4", "-q", "-F", "-m", "0", "-d", stick, image.toString()).exitCode())
        .isZero();
    assertThat(run("debugfs", "-w", "-R", "unlink /c.ugc", image.toString()).exitCode()).isZero();

    Outcome check = run("e2fsck", "-f", "-y", image.toString());

    assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
    Map<String, byte[]> pieces = StickFormat.EXT4.files(image);
    assertThat(pieces).hasSize(1);
    assertThat(pieces.keySet()).allMatch(name -> name.startsWith("lost+found/#"));
    assertIsBack(pieces);
  }
}
