package uk.usbguard.core.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.MEBIBYTE;
import static uk.usbguard.core.media.Seen.hex;
import static uk.usbguard.core.media.Seen.reasons;
import static uk.usbguard.core.media.Seen.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.media.Extent.Role;

/** From what extents are to what the medium is, and what looks random. */
class JudgingTest {

  private static ExtentFinding finding(Role role, ExtentState state, Reason... reasons) {
    return new ExtentFinding(new Extent(role, 1, 0, 512), state, List.of(), List.of(reasons));
  }

  @ParameterizedTest
  @DisplayName("USB-02 the table of docs/verdict.md from extents to the medium, line by line")
  @CsvSource({
    "READABLE,PLAINTEXT",
    "READABLE EMPTY OPAQUE,PLAINTEXT",
    "READABLE ENCRYPTED,PARTIAL",
    "READABLE UNREADABLE,PLAINTEXT",
    "UNREADABLE ENCRYPTED,UNREADABLE",
    "UNREADABLE EMPTY,UNREADABLE",
    "'',EMPTY",
    "EMPTY EMPTY,EMPTY",
    "ENCRYPTED EMPTY,PARTIAL",
    "ENCRYPTED OPAQUE,PARTIAL",
    "ENCRYPTED UNPROVEN,PARTIAL",
    "ENCRYPTED ENCRYPTED,VERIFIED_ENCRYPTED",
    "OPAQUE OPAQUE,OPAQUE",
    "UNPROVEN,PARTIAL"
  })
  void lattice(String states, Verdict verdict) {
    List<ExtentFinding> findings = new ArrayList<>();
    for (String state : states.isEmpty() ? new String[0] : states.split(" ")) {
      findings.add(finding(Role.PARTITION, ExtentState.valueOf(state)));
    }
    assertThat(Verdicts.of(findings, Set.of(), false)).isEqualTo(verdict);

    Verdict broken = Verdicts.of(findings, Set.of(Reason.OVERLAP), false);
    boolean looked = verdict == Verdict.PLAINTEXT || verdict == Verdict.UNREADABLE;
    assertThat(broken).as("with a broken rule").isEqualTo(looked ? verdict : Verdict.PARTIAL);

    Verdict unread = Verdicts.of(findings, Set.of(Reason.READ_FAILED), false);
    assertThat(unread).isNotIn(Verdict.VERIFIED_ENCRYPTED, Verdict.EMPTY, Verdict.OPAQUE);
  }

  @ParameterizedTest
  @DisplayName("USB-06 an assertion counts where nothing is proven, and never over damage")
  @CsvSource({
    "READABLE,ASSERTED_HARDWARE",
    "ENCRYPTED,VERIFIED_ENCRYPTED",
    "UNREADABLE,UNREADABLE",
    "EMPTY,ASSERTED_HARDWARE"
  })
  void asserted(ExtentState state, Verdict verdict) {
    assertThat(Verdicts.of(List.of(finding(Role.WHOLE, state)), Set.of(), true)).isEqualTo(verdict);
    MediumReport report = new MediumReport(verdict, 1, 1, List.of(), List.of());
    boolean encrypted =
        verdict == Verdict.VERIFIED_ENCRYPTED || verdict == Verdict.ASSERTED_HARDWARE;
    assertThat(report.isEncrypted()).isEqualTo(encrypted);
  }

  @Test
  @DisplayName("USB-02 a harmless gap does not count; one with a reason does")
  void gaps() {
    ExtentFinding encrypted = finding(Role.PARTITION, ExtentState.ENCRYPTED);
    ExtentFinding harmless = finding(Role.GAP, ExtentState.EMPTY);
    ExtentFinding data = finding(Role.GAP, ExtentState.UNPROVEN, Reason.GAP_HOLDS_DATA);
    assertThat(Verdicts.of(List.of(encrypted, harmless), Set.of(), false))
        .isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(Verdicts.of(List.of(encrypted, data), Set.of(), false)).isEqualTo(Verdict.PARTIAL);
  }

  @Test
  @DisplayName(
      "random bytes look random in windows of every size; text, tables and counters do not")
  void looks() {
    SplittableRandom random = new SplittableRandom(5);
    for (int length : new int[] {512, 1024, 2048, 4096, 65_536}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(look(bytes)).as("random, " + length).isEqualTo(Sampler.Look.RANDOM);
      byte[] text = "Dear Mrs Example, ".repeat(length).substring(0, length).getBytes(US_ASCII);
      assertThat(look(text)).as("text, " + length).isEqualTo(Sampler.Look.STRUCTURED);
    }
    byte[] counter = new byte[65_536];
    for (int i = 0; i < counter.length; i++) {
      counter[i] = (byte) i;
    }
    assertThat(look(counter)).as("too even").isEqualTo(Sampler.Look.STRUCTURED);
    assertThat(look(new byte[65_536])).isEqualTo(Sampler.Look.CONSTANT);
    assertThat(look(new byte[0])).isEqualTo(Sampler.Look.CONSTANT);
  }

  private static Sampler.Look look(byte[] bytes) {
    return Sampler.look(new Block(bytes), Payload.Looks.RANDOM);
  }

  @Test
  @DisplayName("USB-02 the first and the last sector are among what is sampled, whatever the size")
  void lastSector() {
    for (long size : new long[] {MEBIBYTE, 9_999_872, 40 * MEBIBYTE + 512, 1_000_000_000_000L}) {
      for (long at : new long[] {0, size - 512}) {
        MemoryMedium medium =
            new MemoryMedium(size).write(at + 100, "letter letter ".getBytes(US_ASCII));
        assertThat(scan(medium).verdict()).as(at + " of " + size).isEqualTo(Verdict.PLAINTEXT);
      }
    }
  }

  @Test
  @DisplayName("USB-02 VMFS is plaintext, by its volume's word or by its own")
  void vmfs() {
    assertThat(scan(new MemoryMedium(16 * MEBIBYTE).write(MEBIBYTE, hex("0DD001C0"))).verdict())
        .isEqualTo(Verdict.PLAINTEXT);
    assertThat(scan(new MemoryMedium(16 * MEBIBYTE).write(2 * MEBIBYTE, hex("5EF1AB2F"))).verdict())
        .isEqualTo(Verdict.PLAINTEXT);
  }

  @Test
  @DisplayName("USB-02 a FAT with our container and a RAID's superblock in it is not believed")
  void containerUnderRaid() {
    MemoryMedium medium = MemoryMedium.of("ugc-fat16-companions");
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    medium.write(medium.sizeBytes() - 8192, hex("FC4E2BA9"));
    assertThat(scan(medium).isEncrypted()).isFalse();
  }

  @Test
  @DisplayName("USB-02 noise with a damaged signature in it is more than opaque: it says why")
  void damagedInNoise() {
    byte[] noise = new byte[4 << 20];
    new SplittableRandom(9).nextBytes(noise);
    MemoryMedium medium = new MemoryMedium(4 * MEBIBYTE).write(0, noise);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.OPAQUE);
    medium.write(0, hex("58465342"));
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(reasons(scan(medium))).containsExactly(Reason.STRUCTURE_INVALID);
  }
}
