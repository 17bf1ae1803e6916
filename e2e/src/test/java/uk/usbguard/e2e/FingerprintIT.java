package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.media.FileMedium;
import uk.usbguard.core.media.MediaScan;
import uk.usbguard.core.media.Medium;
import uk.usbguard.core.media.MediumReport;
import uk.usbguard.core.media.Verdict;

/** The fingerprint of containers that cryptsetup makes and changes. */
class FingerprintIT {

  private static final String UUID = "6f2c1b0a-11de-4e5f-9a55-0c8e6a1f2b3c";

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    image = folder.resolve("stick.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(24 << 20);
    }
    Files.writeString(folder.resolve("phrase"), "correct horse battery staple");
    Files.writeString(folder.resolve("other"), "another phrase altogether");
  }

  private void cryptsetup(String action, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("cryptsetup", action, "-q", "--disable-locks"));
    command.addAll(List.of(more));
    var done =
        Processes.run(folder, Map.of("PATH", System.getenv("PATH") + ":/sbin:/usr/sbin"), command);
    assertThat(done.exitCode()).as(command + ": " + done.err()).isZero();
  }

  private void format(String version, String uuid) throws Exception {
    cryptsetup(
        "luksFormat",
        "--type",
        version,
        "--uuid",
        uuid,
        "--pbkdf",
        "pbkdf2",
        "--pbkdf-force-iterations",
        "1000",
        "--key-file",
        "phrase",
        image.toString());
  }

  private String fingerprint() throws IOException {
    try (Medium medium = FileMedium.open(image)) {
      MediumReport report = MediaScan.scan(medium, false);
      assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
      assertThat(report.fingerprints()).hasSize(1);
      return report.fingerprints().get(0).toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"luks1", "luks2"})
  @DisplayName("USB-03 other passphrases leave the fingerprint of a LUKS container as it is")
  void passphrases(String version) throws Exception {
    format(version, UUID);
    String before = fingerprint();
    String fast = "--pbkdf-force-iterations";
    String plain = image.toString();

    cryptsetup(
        "luksAddKey", "--pbkdf", "pbkdf2", fast, "1000", "--key-file", "phrase", plain, "other");
    assertThat(fingerprint()).startsWith(version + ":").isEqualTo(before);
    cryptsetup("luksKillSlot", "--key-file", "other", plain, "0");
    assertThat(fingerprint()).isEqualTo(before);
    cryptsetup(
        "luksChangeKey", "--pbkdf", "pbkdf2", fast, "1000", "--key-file", "other", plain, "phrase");
    assertThat(fingerprint()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"luks1", "luks2"})
  @DisplayName("USB-03 a container made anew has another one, also under the same UUID")
  void madeAnew(String version) throws Exception {
    format(version, UUID);
    String before = fingerprint();

    format(version, UUID);
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"luks1", "luks2"})
  @DisplayName("USB-03 so has one with another UUID")
  void otherUuid(String version) throws Exception {
    format(version, UUID);
    String before = fingerprint();

    cryptsetup("luksUUID", "--uuid", UUID.replace('6', '7'), image.toString());
    assertThat(fingerprint()).isNotEqualTo(before);
  }
}
