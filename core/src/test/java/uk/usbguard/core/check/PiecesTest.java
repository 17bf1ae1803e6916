package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.secret.Passphrase;

@DisplayName("ENC-14: a container whose files are gone, salvaged from what is left of the stick")
class PiecesTest extends DamageCase {

  private final Random random = new Random(42);

  @Override
  int segmentMib() {
    return 4;
  }

  @Override
  void fill() throws Exception {
    session(container -> container.makeFolders(ContainerPath.parse("scans")));
    session(container -> put(container, "scans/first", bytes(1, 2_000_000)));
    session(container -> put(container, "scans/second", bytes(2, 3_500_000)));
    session(container -> put(container, "scans/third", bytes(3, 700_000)));
    session(container -> remove(container, "scans/third"));
    session(container -> put(container, "small", bytes(4, 100)));
  }

  private RepairReport salvage(Path... pieces) throws Exception {
    Map<Path, byte[]> before = new HashMap<>();
    for (Path piece : pieces) {
      before.put(piece, Files.readAllBytes(piece));
    }
    RepairReport report = salvage(List.of(pieces), fileSystem.getPath("/new.ugc"));
    for (Path piece : pieces) {
      assertThat(Files.readAllBytes(piece)).as("only read").isEqualTo(before.get(piece));
    }
    return report;
  }

  private Path file(String name, byte[]... parts) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    return Files.write(fileSystem.getPath("/" + name), bytes.toByteArray());
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] segment(int number) throws Exception {
    return Files.readAllBytes(number == 0 ? path : path.resolveSibling("stick.ugc.00" + number));
  }

  private void assertEverythingIsBack(RepairReport report) throws Exception {
    assertThat(report.isWhole()).as(report.toString()).isTrue();
    Files.deleteIfExists(path);
    at(fileSystem.getPath("/new.ugc"));
    assertAllIsThere();
  }

  @Test
  @DisplayName("from a raw image in which it lies in two places at odd multiples of 512")
  void rawImage() throws Exception {
    Path image =
        file("stick.img", noise(512 * 7), segment(1), noise(512 * 13), segment(0), noise(512));

    assertEverythingIsBack(salvage(image));
  }

  @Test
  @DisplayName("from segments that were renamed, given in any order")
  void renamed() throws Exception {
    Path one = file("IMG_1.JPG", segment(1));
    Path two = file("letter.doc", segment(0));

    assertEverythingIsBack(salvage(one, two));
  }

  @Test
  @DisplayName(
      "from the fragments that a check of the file system left, cut in the middle of batches")
  void fragments() throws Exception {
    byte[] whole = segment(0);
    int at = 1_500_000 / 4096 * 4096;
    Path one = file("FILE0001.CHK", Arrays.copyOfRange(whole, at, whole.length));
    Path two = file("FILE0000.CHK", Arrays.copyOf(whole, at));
    Path three = file("FILE0002.CHK", segment(1));

    assertEverythingIsBack(salvage(one, two, three));
  }

  @Test
  @DisplayName("from pieces one of which is lost: the rest comes back, what is lost is named")
  void aPieceIsMissing() throws Exception {
    Path one = file("FILE0000.CHK", segment(0));

    RepairReport report = salvage(one);

    assertThat(report.after()).isPresent();
    at(fileSystem.getPath("/new.ugc"));
    assertThat(names()).contains("scans/first").doesNotContain("scans/third");
    try (Container container = open(OpenMode.READ_ONLY)) {
      assertThat(content(container, "scans/first")).isEqualTo(files.get("scans/first"));
    }
  }

  @Test
  @DisplayName("beside an older copy of it and another container: only the newest state comes in")
  void staleAndForeign() throws Exception {
    byte[] old = segment(0);
    byte[] oldSecond = segment(1);
    session(container -> remove(container, "small"));
    Path other = fileSystem.getPath("/other.ugc");
    try (Passphrase phrase = Passphrase.of("correct horse battery staple".toCharArray())) {
      Containers.create(
              other,
              CreateOptions.defaults().withCost(new PassphraseCost(19 * 1024, 2, 1)),
              phrase,
              environment)
          .close();
    }
    Path image =
        file(
            "stick.img",
            Files.readAllBytes(other),
            segment(0),
            segment(1),
            noise(512),
            old,
            oldSecond);

    assertEverythingIsBack(salvage(image));
  }

  @Test
  @DisplayName("beside forged batches, of any place and generation: none of them comes in")
  void forged() throws Exception {
    byte[] whole = segment(0);
    int batch = (int) FIRST_BATCH;
    while (!new String(whole, batch, 8, StandardCharsets.US_ASCII).equals("UGCBATCH")) {
      batch += 4096;
    }
    byte[] block = Arrays.copyOfRange(whole, batch, batch + 4096);
    byte[] second = segment(1);
    List<byte[]> forged = new ArrayList<>();
    for (long position :
        new long[] {FIRST_BATCH, FIRST_BATCH + 65_536, 900L << 32 | 4096, 1L << 32 | 4096}) {
      byte[] one = block.clone();
      ByteBuffer frame = ByteBuffer.wrap(one);
      frame.putInt(12, 1 << 20).putLong(64, 1_000_000).putLong(72, position);
      CRC32 crc = new CRC32();
      crc.update(one, 0, 124);
      frame.putInt(124, (int) crc.getValue());
      forged.add(one);
    }
    Path image =
        file(
            "stick.img", whole, second, forged.get(0), forged.get(1), forged.get(2), forged.get(3));

    RepairReport report = salvage(image);

    assertThat(Files.exists(fileSystem.getPath("/new.ugc.900"))).isFalse();
    assertEverythingIsBack(report);
  }

  @Test
  @DisplayName("beside real batches whose frames were lengthened or moved: nothing else is covered")
  void lengthened() throws Exception {
    byte[] first = segment(0);
    byte[] second = segment(1);
    List<byte[]> pieces = new ArrayList<>(List.of(first, second));
    for (byte[] segment : List.of(first, second)) {
      for (int at = 0; at < segment.length; at += 4096) {
        if (new String(segment, at, 8, StandardCharsets.US_ASCII).equals("UGCBATCH")) {
          int length = ByteBuffer.wrap(segment).getInt(at + 12);
          byte[] batch = Arrays.copyOfRange(segment, at, at + length);
          pieces.add(forged(batch, 0, 1 << 20));
          pieces.add(forged(batch, 8192, 4096));
        }
      }
    }
    assertThat(pieces).hasSizeGreaterThan(10);

    assertEverythingIsBack(salvage(file("stick.img", pieces.toArray(byte[][]::new))));
  }

  /** A batch behind some noise that its frame claims to be part of it, and with noise behind it. */
  private byte[] forged(byte[] batch, int before, int behind) {
    byte[] bytes = noise(before + batch.length + behind);
    System.arraycopy(batch, 128, bytes, before + 128, batch.length - 256);
    System.arraycopy(batch, 0, bytes, 0, 128);
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(12, bytes.length);
    frame.putInt(80, frame.getInt(80) + before);
    if (frame.getInt(96) != 0) {
      frame.putInt(96, frame.getInt(96) + before);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, 124);
    frame.putInt(124, (int) crc.getValue());
    System.arraycopy(bytes, 0, bytes, bytes.length - 128, 128);
    return bytes;
  }

  @Test
  @DisplayName("from nothing of a container is refused, and leaves no file behind")
  void nothing() throws Exception {
    Path image = file("stick.img", noise(100_000));

    Assertions.assertThatThrownBy(() -> salvage(image)).isInstanceOf(NotAContainerException.class);
    Path keysOnly = file("keys.img", Arrays.copyOf(segment(0), 131_072));
    Assertions.assertThatThrownBy(() -> salvage(keysOnly))
        .isInstanceOf(DamagedContainerException.class);
    assertThat(Files.exists(fileSystem.getPath("/new.ugc"))).isFalse();
  }
}
