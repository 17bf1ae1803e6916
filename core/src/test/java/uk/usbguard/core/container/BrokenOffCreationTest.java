package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentSource;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.secret.Passphrase;

/** The moments at which there is a file and not yet a container. */
@DisplayName("ENC-02 ENC-14: a container that was being made when the stick was pulled")
class BrokenOffCreationTest {

  /** Fates of what was under way that are tried at each moment. */
  private static final int FATES = 400;

  @TempDir private Path temp;

  private static BlockFile first(MemorySegments medium) {
    return medium.open(0).orElseThrow();
  }

  private static boolean holdsNothing(MemorySegments medium) throws Exception {
    try (SegmentedFile file = Creation.plain(medium, first(medium))) {
      return BrokenOffCreation.is(file);
    }
  }

  @Test
  @DisplayName("is either there, and empty, or known to hold nothing: never something in between")
  void isThereOrHoldsNothing() throws Exception {
    MemorySegments medium = new MemorySegments();
    medium.record();
    Rig rig = new Rig(medium, 64);
    Trace making =
        new Trace(
            "making",
            new MemorySegments(),
            medium.events(),
            0,
            List.of(),
            List.of(),
            new Opener(rig),
            rig);
    int[] seen = new int[2];
    Crashes.Look look = (image, fates) -> seen[lookAt(rig, image, fates) ? 1 : 0]++;
    PowerCuts.through(
        making,
        0,
        cut -> {
          Crashes.all(cut, FATES, new Random(cut.done()), look);
          Crashes.some(cut, FATES, new Random(-cut.done()), look);
        });
    rig.container.close();
    assertThat(seen[0]).as("moments before there is a container").isGreaterThan(300);
    assertThat(seen[1]).as("moments after").isGreaterThan(10);
  }

  /** True if there is a container. */
  private static boolean lookAt(Rig rig, MemorySegments image, List<Fate> fates) throws Exception {
    if (image.lengths().isEmpty()) {
      return false; // the folder never heard of the file
    }
    boolean nothing = holdsNothing(image);
    try (Container container = rig.open(image, OpenMode.READ_ONLY)) {
      assertThat(container.info().generation()).isEqualTo(1);
      assertThat(nothing).as("%s", fates).isFalse();
      return true;
    } catch (ContainerException e) {
      assertThat(nothing).as("%s: %s", fates, e.getMessage()).isTrue();
      return false;
    }
  }

  @Test
  @DisplayName("is begun anew in the same place, whichever of its writes was the last one")
  void isBegunAnew() throws Exception {
    MemorySegments medium = new MemorySegments();
    medium.record();
    new Rig(medium, 64).container.close();
    MemorySegments partly = new MemorySegments();
    int begun = 0;
    for (MemorySegments.Event event : medium.events()) {
      partly.replay(event);
      MemorySegments then = partly.copy();
      if (event.kind() == MemorySegments.Kind.FORCE || !holdsNothing(then)) {
        continue;
      }
      Rig anew = new Rig(then, 64);
      anew.put("/letter", Rig.bytes(begun, 3000));
      anew.reopen();
      assertThat(anew.get("/letter")).isEqualTo(Rig.bytes(begun, 3000));
      anew.container.close();
      begun++;
    }
    assertThat(begun).isGreaterThan(4);
  }

  static Stream<Arguments> others() {
    byte[] text = "Dear reader, this is a letter.".getBytes(StandardCharsets.UTF_8);
    byte[] late = new byte[1_310_720];
    late[late.length - 1] = 1;
    byte[] early = new byte[1_310_720];
    early[3] = 1;
    byte[] between = new byte[1_310_720];
    between[500_000] = 1;
    return Stream.of(
        Arguments.of("a short text", text),
        Arguments.of("something in the last byte", late),
        Arguments.of("something where the key area goes", early),
        Arguments.of("something in the reserve", between),
        Arguments.of("zeros, as many as no creation writes", new byte[2 << 20]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  @DisplayName("is not confused with another file, which stays as it is")
  void leavesOtherFilesAlone(String what, byte[] content) throws Exception {
    Path file = Files.write(temp.resolve("x.ugc"), content);
    assertThat(Containers.isUnfinished(file)).isFalse();
    assertThatThrownBy(() -> create(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  @DisplayName("ENC-03: is not confused with a container both of whose key areas are damaged")
  void leavesADamagedContainerAlone() throws Exception {
    Rig rig = new Rig(64);
    rig.put("/letter", Rig.bytes(1, 3000));
    rig.container.close();
    byte[] zeros = new byte[24_576];
    try (BlockFile file = first(rig.medium)) {
      file.writeAt(0, ByteBuffer.wrap(zeros));
      file.writeAt(1 << 20, ByteBuffer.wrap(zeros));
      assertThat(holdsNothing(rig.medium)).isFalse();
    }
  }

  @Test
  @DisplayName("ENC-13: is not confused with an empty container of a newer release")
  void leavesANewerReleaseAlone() throws Exception {
    Path file = temp.resolve("newer.ugc");
    create(file).close();
    byte[] bytes = Files.readAllBytes(file);
    for (int area : new int[] {0, 1 << 20}) {
      bytes[area + 9] = 2;
      CRC32 crc = new CRC32();
      crc.update(bytes, area, 20_512);
      ByteBuffer.wrap(bytes).putInt(area + 20_512, (int) crc.getValue());
    }
    Files.write(file, bytes);
    assertThat(Containers.isUnfinished(file)).isFalse();
    assertThatThrownBy(() -> create(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Arrays.equals(Files.readAllBytes(file), bytes)).isTrue();
  }

  @Test
  @DisplayName("is left to whoever is making it right now")
  void isLeftToItsMaker() throws Exception {
    MemorySegments medium = new MemorySegments();
    try (BlockFile file = medium.create(0)) {
      assertThat(file.tryLock()).isTrue();
      assertThatThrownBy(() -> new Rig(medium, 64)).isInstanceOf(ContainerBusyException.class);
      assertThat(medium.lengths()).containsKey(0);
    }
    Path there = temp.resolve("there.ugc");
    try (NewContainer made = create(there)) {
      assertThat(Containers.isUnfinished(there)).isFalse();
      assertThatThrownBy(() -> create(there)).isInstanceOf(ContainerBusyException.class);
      made.container().commit();
    }
  }

  @Test
  @DisplayName("is left to another maker who was quicker, and what he makes stays")
  void isLeftToAQuickerMaker() throws Exception {
    MemorySegments medium = new MemorySegments();
    List<Rig> quicker = new ArrayList<>();
    SegmentSource slow =
        new SegmentSource() {
          @Override
          public Optional<BlockFile> open(int number) {
            return medium.open(number);
          }

          @Override
          public BlockFile create(int number) throws IOException {
            BlockFile mine = medium.create(number);
            try {
              quicker.add(new Rig(medium, 64));
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            return mine;
          }

          @Override
          public void delete(int number) throws IOException {
            medium.delete(number);
          }

          @Override
          public long usableBytes() {
            return medium.usableBytes();
          }
        };
    try (Passphrase passphrase = Passphrase.of("correct horse battery staple".toCharArray())) {
      CreateOptions options = CreateOptions.defaults().withCost(Rig.CHEAPEST);
      assertThatThrownBy(() -> Containers.create(slow, options, passphrase, environment()))
          .isInstanceOf(ContainerBusyException.class);
    }
    Rig other = quicker.get(0);
    other.put("/letter", Rig.bytes(1, 3000));
    other.reopen();
    assertThat(other.get("/letter")).isEqualTo(Rig.bytes(1, 3000));
    other.container.close();
  }

  @Test
  @DisplayName("can be zeros, as long as there are fewer than 2 MiB of them")
  void zerosUpToTheLimit() throws Exception {
    Path file = Files.write(temp.resolve("x.ugc"), new byte[(2 << 20) - 1]);
    assertThat(Containers.isUnfinished(file)).isTrue();
    create(file).close();
    assertThat(Containers.isUnfinished(file)).isFalse();
  }

  @Test
  @DisplayName("is nothing if there is no file, and an empty file is one of its moments")
  void emptyAndMissing() throws Exception {
    assertThat(Containers.isUnfinished(temp.resolve("missing"))).isFalse();
    assertThat(Containers.isUnfinished(temp)).isFalse();
    Path empty = Files.createFile(temp.resolve("empty.ugc"));
    assertThat(Containers.isUnfinished(empty)).isTrue();
    create(empty).close();
    assertThat(Containers.isUnfinished(empty)).isFalse();
  }

  private static NewContainer create(Path file) throws Exception {
    try (Passphrase passphrase = Passphrase.of("correct horse battery staple".toCharArray())) {
      return Containers.create(
          file, CreateOptions.defaults().withCost(Rig.CHEAPEST), passphrase, environment());
    }
  }

  private static ContainerEnvironment environment() {
    return ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
  }
}
