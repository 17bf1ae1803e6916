package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * The real program on real file systems of a real kernel. Everything that the stick is told to
 * write is written down; the stick is then pulled at any moment, what was not flushed arrives or
 * not, and the file system's own check mends what it finds, as on the next PC. Replay with {@code
 * -Dseed=}.
 */
@DisplayName("ENC-02 ENC-14: on FAT32, exFAT and ext4 a pulled stick loses nothing")
class PulledStickIT {

  /** How often a stick is pulled in every build. */
  private static final int FEW_PULLS = 30;

  /** How often each stick is pulled at night. */
  private static final int PULLS = Integer.getInteger("usbguard.pulls", 150);

  private static final int FEW = 24;

  /** From 513 on some are removed before others are stored, and their room is taken. */
  private static final int MANY = 600;

  /** So many of each, for all that this class tried. */
  private static final Map<StickFormat, Integer> TRIED = new EnumMap<>(StickFormat.class);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir private Path temp;

  @BeforeAll
  static void buildTheProgram(@TempDir Path desk) throws Exception {
    Optional<String> missing = StickGuest.missing(desk);
    missing.ifPresent(reason -> System.out.println("pulled sticks: not run, because " + reason));
    assumeTrue(missing.isEmpty(), missing::toString);
    assertThat(new Guard(desk).run("--version").code()).isZero();
  }

  @AfterAll
  static void tell() {
    List<String> counts = new ArrayList<>();
    TRIED.forEach((format, count) -> counts.add(count + " on " + format.type()));
    if (!counts.isEmpty()) {
      System.out.println("pulled sticks: " + String.join(", ", counts));
    }
  }

  private static byte[] content(String name, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(name.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private void pulled(StickFormat format, int pulls) {
    TRIED.merge(format, pulls, Integer::sum);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(StickFormat.class)
  @DisplayName(
      "encrypt, put, rm, compact, passphrase, encrypt DRIVE: what was acknowledged is there and"
          + " verifies, and each file is in plain or in the container")
  void whatWasAcknowledgedIsThere(StickFormat format) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 24; i++) {
      String name = List.of("src/", "src/ward/", "more/").get(i % 3) + "letter " + i;
      files.put(name, content(name, 9_000 + 500 * i));
    }
    String phrase = Guard.PHRASE + "\\n";
    String in = "--passphrase-stdin";
    StickLife life = new StickLife(format, temp);
    life.step("encrypt", phrase, "encrypt", "src", "--to", "c.ugc", "--recovery-to-stdout", in);
    life.step("put", phrase, "put", "c.ugc", "more", in);
    life.step("rm", phrase, "rm", "-r", "c.ugc", "src/ward", "--yes", in);
    life.step("compact", phrase, "compact", "c.ugc", in);
    String both = phrase + Guard.OTHER + "\\n";
    life.step("passphrase", both, "passphrase", "c.ugc", in, "--new-passphrase-stdin");
    life.keep("c.ugc");
    life.step("drive", phrase, "encrypt", "/run/stick", "--recovery-to-stdout", in);
    life.live(files);
    try (RecoveryKey one = life.recoveryKey("encrypt");
        RecoveryKey all = life.recoveryKey("drive")) {
      StoredContainer stored = new StoredContainer(files, new ContainerLook(temp, one), seed);
      files.put("c.ugc", life.kept());
      EncryptedDrive drive = new EncryptedDrive(files, new ContainerLook(temp, all), seed);
      int pulls =
          life.pull(
              PULLS,
              random,
              (found, said) -> {
                if (said.size() < StoredContainer.STEPS) {
                  stored.holds(found, said);
                } else {
                  drive.holds(found, said.subList(StoredContainer.STEPS, said.size()));
                }
              });
      pulled(format, pulls);
    }
  }

  @Test
  @DisplayName("encrypt DRIVE on FAT32: each file is there in plain, or its copy verifies")
  void encryptingAStickLosesNoFile() throws Exception {
    drive(StickFormat.VFAT, FEW, FEW_PULLS);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(StickFormat.class)
  @DisplayName("encrypt DRIVE of many files: each is there in plain, or its copy verifies")
  void encryptingADriveLosesNoFile(StickFormat format) throws Exception {
    drive(format, MANY, PULLS);
  }

  private void drive(StickFormat format, int count, int pulls) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = List.of("", "ward/", "ward/old/").get(i % 3) + "letter " + i;
      files.put(name, content(name, i % 45 == 0 ? 50_000 : 1_000 + i));
    }
    StickLife life = new StickLife(format, temp);
    String[] encrypt = {"encrypt", "/run/stick", "--recovery-to-stdout", "--passphrase-stdin"};
    life.step("drive", Guard.PHRASE + "\\n", encrypt);
    life.live(files);
    try (RecoveryKey key = life.recoveryKey("drive")) {
      EncryptedDrive drive = new EncryptedDrive(files, new ContainerLook(temp, key), seed);
      pulled(format, life.pull(pulls, random, drive::holds));
    }
  }
}
