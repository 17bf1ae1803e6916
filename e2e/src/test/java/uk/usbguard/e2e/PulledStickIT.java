package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.e2e.ContainerLook.Damaged;
import uk.usbguard.e2e.ContainerLook.Refused;
import uk.usbguard.e2e.ContainerLook.Seen;
import uk.usbguard.e2e.ContainerLook.Whole;
import uk.usbguard.e2e.StickLife.Found;

/**
 * The real program on real file systems of a real kernel. Everything that the stick is told to
 * write is written down; the stick is then pulled at any moment, what was not flushed arrives or
 * not, and the file system's own check mends what it finds, as on the next PC. Replay with {@code
 * -Dseed=}.
 */
@Tag("long")
@DisplayName("ENC-02 ENC-14: on FAT32, exFAT and ext4 a pulled stick loses nothing")
class PulledStickIT {

  private static final int PULLS = Integer.getInteger("usbguard.pulls", 150);

  /** From 513 on some are removed before others are stored, and their room is taken. */
  private static final int FILES = Integer.getInteger("usbguard.files", 24);

  /** So many commands are done when the passphrase begins to change. */
  private static final int COMPACTED = 4;

  private static final String CONTAINER = "Encrypted.ugc";

  /** So many of each, for all that this class tried. */
  private static final Map<StickFormat, Integer> TRIED = new EnumMap<>(StickFormat.class);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir private Path temp;

  @BeforeAll
  static void buildTheProgram(@TempDir Path desk) throws Exception {
    assumeTrue(StickGuest.isThere(), "no User Mode Linux here");
    assertThat(new Guard(desk).run("--version").code()).isZero();
  }

  @AfterAll
  static void tell() {
    List<String> counts = new ArrayList<>();
    TRIED.forEach((format, count) -> counts.add(count + " on " + format.type()));
    System.out.println("process crashes: " + String.join(", ", counts));
  }

  private static byte[] content(String name, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(name.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private void pulled(StickFormat format, int pulls) {
    TRIED.merge(format, pulls, Integer::sum);
  }

  @ParameterizedTest
  @EnumSource(StickFormat.class)
  @DisplayName("encrypt DRIVE: each file is there in plain, or its copy in the container verifies")
  void encryptingADriveLosesNoFile(StickFormat format) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < FILES; i++) {
      String name = List.of("", "ward/", "ward/old/").get(i % 3) + "letter " + i;
      files.put(name, content(name, i % 45 == 0 ? 150_000 : 4_000 + i));
    }
    StickLife life = new StickLife(format, temp);
    life.step(
        "encrypted",
        Guard.PHRASE + "\\n",
        "encrypt",
        "/run/stick",
        "--recovery-to-stdout",
        "--passphrase-stdin");
    life.live(files);
    Map<String, String> originals = Trees.digests(files);
    try (RecoveryKey key = life.recoveryKey("encrypted")) {
      ContainerLook look = new ContainerLook(temp, key);
      pulled(
          format,
          life.pull(PULLS, random, (found, said) -> nothingIsGone(found, said, originals, look)));
    }
  }

  private void nothingIsGone(
      Found found, List<String> said, Map<String, String> originals, ContainerLook look)
      throws Exception {
    byte[] container = found.contents().get(CONTAINER);
    Seen seen = container == null ? null : look.at(container);
    assertThat(seen instanceof Damaged).as("-Dseed=%d after %s: %s", seed, said, seen).isFalse();
    Map<String, String> stored = seen instanceof Whole whole ? whole.files() : Map.of();
    originals.forEach(
        (name, original) -> {
          boolean there = original.equals(found.files().get(name));
          assertThat(there || original.equals(stored.get(name)))
              .as("-Dseed=%d %s after %s, container %s", seed, name, said, seen)
              .isTrue();
        });
    if (!said.isEmpty()) {
      assertThat(found.files().keySet()).as("-Dseed=%d", seed).containsExactly(CONTAINER);
    }
    stored.forEach((name, is) -> assertThat(is).as(name).isEqualTo(originals.get(name)));
  }

  @ParameterizedTest
  @EnumSource(StickFormat.class)
  @DisplayName("encrypt, put, rm, compact, passphrase: what was acknowledged is there and verifies")
  void whatWasAcknowledgedIsThere(StickFormat format) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 24; i++) {
      String name = List.of("src/", "src/ward/", "more/").get(i % 3) + "letter " + i;
      files.put(name, content(name, 40_000 + i));
    }
    StickLife life = livedOnStick(format, files);
    Map<String, String> originals = Trees.digests(files);
    List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
    for (String[] prefixes :
        new String[][] {
          {"src/"}, {"src/", "more/"}, {"src/letter", "more/"}, {"src/letter", "more/"}
        }) {
      Map<String, String> state = new TreeMap<>(originals);
      Predicate<String> isIn = name -> Arrays.stream(prefixes).anyMatch(name::startsWith);
      state.keySet().removeIf(isIn.negate());
      states.add(state);
    }
    states.add(states.get(4));
    try (RecoveryKey key = life.recoveryKey("encrypt")) {
      ContainerLook look = new ContainerLook(temp, key);
      pulled(
          format,
          life.pull(
              PULLS,
              random,
              (found, said) -> {
                assertThat(found.files()).as("-Dseed=%d", seed).containsAllEntriesOf(originals);
                isAsPromised(found, said, states, look);
              }));
    }
  }

  private StickLife livedOnStick(StickFormat format, Map<String, byte[]> files) throws Exception {
    String phrase = Guard.PHRASE + "\\n";
    String in = "--passphrase-stdin";
    StickLife life = new StickLife(format, temp);
    life.step("encrypt", phrase, "encrypt", "src", "--to", "c.ugc", "--recovery-to-stdout", in);
    life.step("put", phrase, "put", "c.ugc", "more", in);
    life.step("rm", phrase, "rm", "-r", "c.ugc", "src/ward", "--yes", in);
    life.step("compact", phrase, "compact", "c.ugc", in);
    life.step(
        "passphrase",
        phrase + Guard.OTHER + "\\n",
        "passphrase",
        "c.ugc",
        in,
        "--new-passphrase-stdin");
    life.live(files);
    return life;
  }

  private void isAsPromised(
      Found found, List<String> said, List<Map<String, String>> states, ContainerLook look)
      throws Exception {
    int done = said.size();
    Map<String, String> sure = states.get(done);
    Map<String, String> next = states.get(Math.min(done + 1, states.size() - 1));
    byte[] container = found.contents().get("c.ugc");
    Seen seen = container == null ? null : look.at(container);
    String what = String.format(Locale.ROOT, "-Dseed=%d after %s: %s", seed, said, seen);
    if (done == 0 && (seen == null || seen instanceof Refused)) {
      return; // it was not finished, and nobody was told that it was
    }
    assertThat(seen).as(what).isInstanceOf(Whole.class);
    Map<String, String> stored = ((Whole) seen).files();
    boolean adds = next.size() >= sure.size();
    if (adds) {
      assertThat(stored).as(what).containsAllEntriesOf(sure);
      assertThat(next).as(what).containsAllEntriesOf(stored);
    } else {
      assertThat(stored).as(what).isIn(sure, next);
    }
    if (done >= COMPACTED) {
      boolean opens =
          look.opens(container, Guard.OTHER)
              || (done == COMPACTED && look.opens(container, Guard.PHRASE));
      assertThat(opens).as(what).isTrue();
    }
  }
}
