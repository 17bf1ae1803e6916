package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.media.FileMedium;
import uk.usbguard.core.media.MediaScan;
import uk.usbguard.core.media.Medium;
import uk.usbguard.core.media.MediumReport;
import uk.usbguard.core.media.Verdict;

/** Block devices of the kernel: loop devices, where root may have them. */
class BlockDeviceIT {

  private static final long SIZE = 32 << 20;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv("PATH") + ":/sbin:/usr/sbin");

  @TempDir private Path temp;

  /** What is undone afterwards, the last first. */
  private final Deque<List<String>> undo = new ArrayDeque<>();

  @BeforeEach
  void needsLoopDevices() throws Exception {
    Path probe = image("probe");
    var attached = run("losetup", "--find", "--show", probe.toString());
    assumeTrue(attached.exitCode() == 0, "no loop devices here: " + attached.err());
    run("losetup", "--detach", attached.out().strip());
  }

  @AfterEach
  void undo() throws Exception {
    while (!undo.isEmpty()) {
      run(undo.pop().toArray(String[]::new));
    }
  }

  private Processes.Outcome run(String... command) throws IOException, InterruptedException {
    return Processes.run(temp, ENVIRONMENT, List.of(command));
  }

  private Processes.Outcome make(String... command) throws IOException, InterruptedException {
    var outcome = run(command);
    assertThat(outcome.exitCode()).as(String.join(" ", command) + outcome.err()).isZero();
    return outcome;
  }

  private Path image(String name) throws IOException {
    Path image = temp.resolve(name + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    return image;
  }

  private Path device(Path image) throws IOException, InterruptedException {
    String device = make("losetup", "--find", "--show", image.toString()).out().strip();
    undo.push(List.of("losetup", "--detach", device));
    return Path.of(device);
  }

  private static MediumReport scan(Path target) throws IOException {
    try (Medium medium = FileMedium.open(target)) {
      return MediaScan.scan(medium, false);
    }
  }

  @Test
  @DisplayName("USB-02 a block device has the size and the verdict of the image behind it")
  void asTheImage() throws Exception {
    Path fat = image("fat");
    make("mkfs.vfat", fat.toString());
    Path luks = image("luks");
    Path key = Files.writeString(temp.resolve("key"), "correct horse battery staple");
    make(
        "cryptsetup",
        "--batch-mode",
        "--pbkdf=pbkdf2",
        "--pbkdf-force-iterations=1000",
        "luksFormat",
        luks.toString(),
        key.toString());
    Path forged = image("forged");
    make("mkfs.ext4", "-q", forged.toString());
    try (RandomAccessFile file = new RandomAccessFile(forged.toFile(), "rw")) {
      file.write(new byte[] {'L', 'U', 'K', 'S', (byte) 0xBA, (byte) 0xBE, 0, 1, 'a', 'e', 's'});
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Path image : List.of(fat, luks, forged)) {
      MediumReport onDevice = scan(device(image));
      assertThat(onDevice.sizeBytes()).isEqualTo(SIZE);
      assertThat(onDevice.verdict()).as(image.toString()).isEqualTo(scan(image).verdict());
      verdicts.add(onDevice.verdict());
    }
    assertThat(verdicts)
        .containsExactly(Verdict.PLAINTEXT, Verdict.VERIFIED_ENCRYPTED, Verdict.PLAINTEXT);
  }

  @Test
  @DisplayName(
      "USB-02 the command scans a device and a mount point, and ends with 1: not encrypted")
  void byCommand() throws Exception {
    Path image = image("plain");
    make("mkfs.ext4", "-q", image.toString());
    Path device = device(image);
    String program = Processes.ROOT.resolve("usbguard").toString();

    var scanned = run(program, "scan", device.toString(), "--json");
    assertThat(scanned.exitCode()).as(scanned.err()).isEqualTo(1);
    assertThat(scanned.out()).contains("\"targetKind\":\"device\"", "\"verdict\":\"plaintext\"");

    Path point = Files.createDirectory(temp.resolve("mnt"));
    var mounted = run("mount", device.toString(), point.toString());
    assumeTrue(mounted.exitCode() == 0, "nothing can be mounted here: " + mounted.err());
    undo.push(List.of("umount", point.toString()));
    Files.writeString(point.resolve("letter.txt"), "Dear colleague");
    var tree = run(program, "scan", point.toString(), "--json");
    assertThat(tree.exitCode()).as(tree.err()).isEqualTo(1);
    assertThat(tree.out()).contains("\"targetKind\":\"tree\"");
  }
}
