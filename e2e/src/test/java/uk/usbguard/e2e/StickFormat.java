package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.usbguard.e2e.Processes.Outcome;

/** File systems of sticks, with the tools that a PC has for them. */
enum StickFormat {
  /** As sticks up to 32 GB come. FAT32 begins at 65,525 clusters, which are small here. */
  VFAT("vfat", 36, 22_000, "mkfs.fat -F 32 -s 1", "fsck.fat -a") {
    @Override
    Map<String, byte[]> files(Path image) throws IOException {
      return FatVolume.files(image);
    }
  },

  /** As larger sticks come. */
  EXFAT("exfat", 10, 0, "mkfs.exfat", "fsck.exfat -y") {
    @Override
    Map<String, byte[]> files(Path image) throws IOException {
      return ExfatVolume.files(image);
    }
  },

  /** As Linux makes them. */
  EXT4("ext4", 12, 0, "mkfs.ext4 -q -F -m 0", "e2fsck -p") {
    @Override
    Map<String, byte[]> files(Path image) throws Exception {
      Path copy = Files.createTempDirectory(image.getParent(), "files");
      run("debugfs", "-R", "rdump / " + copy, image.toString());
      Map<String, byte[]> files = Trees.files(copy);
      Trees.delete(copy);
      return files;
    }

    @Override
    void check(Path image) throws Exception {
      // What it does not mend by itself somebody says yes to.
      if (runs("e2fsck", "-p", image.toString()).exitCode() >= 4) {
        mended(runs("e2fsck", "-y", image.toString()));
      }
    }
  };

  private static final Map<String, String> PATHS =
      Map.of("PATH", System.getenv("PATH") + ":/sbin:/usr/sbin");

  private final String type;
  private final int mib;
  private final int takenKib;
  private final String maker;
  private final String checker;

  StickFormat(String type, int mib, int takenKib, String maker, String checker) {
    this.type = type;
    this.mib = mib;
    this.takenKib = takenKib;
    this.maker = maker;
    this.checker = checker;
  }

  /** What {@code mount -t} calls it. */
  String type() {
    return type;
  }

  /** How much of a new stick is taken, so that what becomes free is soon used again. */
  int takenKib() {
    return takenKib;
  }

  /** Makes a small stick with nothing on it. */
  void make(Path image) throws Exception {
    try (RandomAccessFile stick = new RandomAccessFile(image.toFile(), "rw")) {
      stick.setLength((long) mib << 20);
    }
    run(with(words(maker), image));
  }

  /** Does what a PC does with a stick that was pulled. */
  void check(Path image) throws Exception {
    mended(runs(with(words(checker), image)));
  }

  /** All files of a stick, read by another program than the one that wrote them. */
  abstract Map<String, byte[]> files(Path image) throws Exception;

  private static void mended(Outcome outcome) {
    assertThat(outcome.exitCode()).as("%s%s", outcome.out(), outcome.err()).isIn(Set.of(0, 1, 2));
  }

  private static String[] with(List<String> command, Path image) {
    List<String> all = new ArrayList<>(command);
    all.add(image.toString());
    return all.toArray(String[]::new);
  }

  private static Outcome runs(String... command) throws Exception {
    return Processes.run(Path.of("/"), PATHS, List.of(command));
  }

  private static void run(String... command) throws Exception {
    Outcome outcome = runs(command);
    assertThat(outcome.exitCode()).as("%s%s", outcome.out(), outcome.err()).isZero();
  }

  private static List<String> words(String command) {
    return List.of(command.split(" ", -1));
  }
}
