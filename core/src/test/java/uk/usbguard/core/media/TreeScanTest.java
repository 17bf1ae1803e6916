package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scan says of the files at a mount point. The container is the golden one of version 1. */
class TreeScanTest {

  @TempDir private Path root;

  private static MediumReport scan(Path path) {
    return MediaScan.scanTree(path, false, Patience.usual(System::nanoTime));
  }

  private ExtentFinding finding() {
    return scan(root).extents().get(0);
  }

  private void container(String name) throws IOException {
    try (InputStream golden = TreeScanTest.class.getResourceAsStream("/golden/v1/standard.ugc.gz");
        InputStream in = new GZIPInputStream(Objects.requireNonNull(golden))) {
      Files.copy(in, root.resolve(name));
    }
  }

  private void file(String name, int bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }

  @Test
  @DisplayName("USB-02 our container and nothing else is verified")
  void onlyAContainer() throws IOException {
    container("Encrypted.ugc");
    assertThat(scan(root).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(finding().evidence()).contains(new Evidence.Listing(1, 0, 0, 0));
  }

  @Test
  @DisplayName("USB-02 what Windows, macOS and Linux add by themselves does no harm")
  void companions() throws IOException {
    container("Encrypted.UGC");
    file("System Volume Information/IndexerVolumeGuid", 76);
    file("System Volume Information/WPSettings.dat", 12);
    file("$RECYCLE.BIN/desktop.ini", 129);
    file(".fseventsd/no_log", 0);
    file(".metadata_never_index", 0);
    Files.createDirectories(root.resolve("lost+found"));
    assertThat(scan(root).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @ParameterizedTest
  @DisplayName("USB-02, USB-08 one more file, or one byte too many in a companion, ends it")
  @CsvSource({
    "letter.txt,5",
    "autorun.inf,60",
    "System Volume Information/IndexerVolumeGuid,77",
    "System Volume Information/letter.txt,1",
    "$RECYCLE.BIN/S-1-5-21/letter.txt,1",
    ".metadata_never_index,1",
    "Encrypted.ugc.001,4096",
    "other.ugc,8192"
  })
  void oneMore(String name, int bytes) throws IOException {
    container("Encrypted.ugc");
    file(name, bytes);
    assertThat(scan(root).verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(finding().reasons()).contains(Reason.OTHER_FILES);
  }

  @Test
  @DisplayName(
      "USB-02 what bears a container's name but for the case of its letters is no container")
  void caseTwins() throws IOException {
    container("Encrypted.ugc");
    assumeFalse(Files.exists(root.resolve("encrypted.UGC")), "case makes no difference here");
    file("encrypted.UGC", 5000);
    assertThat(scan(root).verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(finding().evidence()).contains(new Evidence.Listing(1, 0, 1, 0));

    Files.delete(root.resolve("encrypted.UGC"));
    file("ENCRYPTED.UGC/patients.txt", 5000);
    assertThat(scan(root).verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(finding().reasons()).contains(Reason.OTHER_FILES);
  }

  @Test
  @DisplayName("USB-02 files alone are not called files beside a container")
  void filesAlone() throws IOException {
    file("letter.txt", 5);
    assertThat(scan(root).verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(finding().reasons()).containsExactly(Reason.PLAIN_FILES);
  }

  @Test
  @DisplayName("USB-02 a container cut short, or with letters among its ciphertext, is not one")
  void damaged() throws IOException {
    container("Encrypted.ugc");
    Path file = root.resolve("Encrypted.ugc");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 4096));
    assertThat(scan(root).isEncrypted()).isFalse();
    byte[] letters = whole.clone();
    Arrays.fill(letters, letters.length / 2, letters.length, (byte) 'a');
    Files.write(file, letters);
    assertThat(scan(root).isEncrypted()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("USB-02 a link to a container, or to a folder, is followed by nobody")
  @ValueSource(strings = {"Encrypted.ugc", "lost+found"})
  void links(String name, @TempDir Path elsewhere) throws IOException {
    container("a.ugc");
    Files.move(root.resolve("a.ugc"), elsewhere.resolve("a.ugc"));
    Path target = name.endsWith(".ugc") ? elsewhere.resolve("a.ugc") : elsewhere;
    Files.createSymbolicLink(root.resolve(name), target);
    MediumReport report = scan(root);
    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(report.bytesRead()).isZero();
  }

  @Test
  @DisplayName("USB-02 a drive without files is empty; one that is gone is unreadable")
  void emptyOrGone() {
    assertThat(scan(root).verdict()).isEqualTo(Verdict.EMPTY);
    MediumReport gone = scan(root.resolve("gone"));
    assertThat(gone.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(gone.extents().get(0).reasons()).containsExactly(Reason.READ_FAILED);
  }

  @Test
  @DisplayName("USB-02 more files than are listed are never taken for none")
  void tooMany() throws IOException {
    for (int i = 0; i <= Folder.MAX_NODES; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    assertThat(scan(root).verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(finding().reasons()).contains(Reason.LISTING_INCOMPLETE);
  }

  @Test
  @DisplayName(
      "USB-06 hardware encryption of a mounted drive is asserted, never of one that is gone")
  void asserted() throws IOException {
    file("letter.txt", 5);
    Patience usual = Patience.usual(System::nanoTime);
    assertThat(MediaScan.scanTree(root, true, usual).verdict())
        .isEqualTo(Verdict.ASSERTED_HARDWARE);
    assertThat(MediaScan.scanTree(root.resolve("gone"), true, usual).verdict())
        .isEqualTo(Verdict.UNREADABLE);
  }
}
