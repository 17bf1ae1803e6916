package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditFinding.Kind;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.Verifier;

@DisplayName("AUD-02: what is done to a log behind its back is found and located")
class TamperTest {

  @TempDir private Path temp;
  private Path folder;
  private final Logs.Memory memory = new Logs.Memory();

  /** Some file in the middle. */
  private Path middle;

  @BeforeEach
  void writeALog() throws Exception {
    folder = temp.resolve("audit");
    Logs.write(folder, memory, 30);
    List<Path> files = Logs.files(folder);
    assertThat(files).hasSizeGreaterThan(2);
    middle = files.get(1);
    assertThat(Logs.verify(folder, memory.only()).findings()).isEmpty();
  }

  private AuditFinding only() throws Exception {
    List<AuditFinding> findings = Logs.verify(folder, memory.only()).findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private AuditFinding finding(Kind kind, long entry, Path file, long line) {
    return new AuditFinding(kind, entry, entry, String.valueOf(file.getFileName()), line);
  }

  @Test
  void anEditedEntryIsFoundWhereverItIs() throws Exception {
    for (Path file : Logs.files(folder)) {
      List<String> good = Logs.lines(file);
      for (int i = 0; i < good.size(); i++) {
        List<String> changed = new ArrayList<>(good);
        changed.set(i, good.get(i).replaceFirst("\"time\":\"2026", "\"time\":\"2025"));
        Logs.write(file, changed);

        assertThat(only()).isEqualTo(finding(Kind.EDITED, Logs.entryOf(good.get(i)), file, i + 1));
      }
      Logs.write(file, good);
    }
  }

  @Test
  @DisplayName("a changed bit anywhere is found in its line, or for the last line end as cut off")
  void aChangedBitAnywhereIsFound() throws Exception {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    List<Path> files = Logs.files(folder);
    for (int round = 0; round < 120; round++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] good = Files.readAllBytes(file);
      int at = random.nextInt(good.length);
      byte[] changed = good.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      long line = 1 + new String(good, 0, at, StandardCharsets.ISO_8859_1).lines().count();
      boolean lineStart = at == 0 || good[at - 1] == '\n';
      long expected = at == 0 ? 1 : lineStart ? line : line - 1;

      AuditReport report = Logs.verify(folder, memory.only());
      assertThat(report.isSound()).as("-Dseed=%d round %d byte %d", seed, round, at).isFalse();
      AuditFinding first = report.findings().get(0);
      if (first.kind() != Kind.CUT_OFF) {
        assertThat(first.file()).isEqualTo(String.valueOf(file.getFileName()));
        assertThat(first.line())
            .as("-Dseed=%d round %d byte %d %s", seed, round, at, first)
            .isBetween(expected, expected + 1);
      }
      Files.write(file, good);
    }
  }

  @Test
  @DisplayName(
      "AUD-02: a device in place of a log file is a finding, and is neither read nor written")
  void aDeviceIsNotRead() throws Exception {
    Path next = folder.resolve("audit-000099.log");
    Files.createSymbolicLink(next, Path.of("/dev/zero"));

    AuditFinding found = assertTimeoutPreemptively(Duration.ofSeconds(20), this::only);
    assertThat(found).isEqualTo(new AuditFinding(Kind.NOT_A_FILE, 0, 0, "audit-000099.log", 0));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Logs.events(folder)).hasSize(30));
    assertThatThrownBy(() -> Logs.write(folder, memory, 1)).isInstanceOf(AuditException.class);
  }

  @Test
  @DisplayName("AUD-02: a writer follows no link, wherever it leads")
  void aWriterFollowsNoLink() throws Exception {
    Path last = Logs.files(folder).get(Logs.files(folder).size() - 1);
    Path elsewhere = temp.resolve("elsewhere.log");
    Files.move(last, elsewhere);
    byte[] before = Files.readAllBytes(elsewhere);
    Files.createSymbolicLink(last, elsewhere);

    assertThatThrownBy(() -> Logs.write(folder, memory, 1))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.reason()).isEqualTo(AuditException.Reason.NOT_A_FILE));
    assertThat(elsewhere).hasBinaryContent(before);
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .contains(Kind.NOT_A_FILE);
  }

  @Test
  void aDeletedEntryIsFoundWhereverItWas() throws Exception {
    List<Path> files = Logs.files(folder);
    for (Path file : files) {
      List<String> good = Logs.lines(file);
      for (int i = 1; i < good.size() - 1; i++) {
        List<String> changed = new ArrayList<>(good);
        changed.remove(i);
        Logs.write(file, changed);

        assertThat(only()).isEqualTo(finding(Kind.DELETED, Logs.entryOf(good.get(i)), file, i + 1));
      }
      Logs.write(file, good);
    }
  }

  @Test
  void aDeletedRunIsFoundAsAWhole() throws Exception {
    List<String> good = Logs.lines(middle);
    List<String> changed = new ArrayList<>(good);
    changed.subList(3, 6).clear();
    Logs.write(middle, changed);

    assertThat(only())
        .isEqualTo(
            new AuditFinding(
                Kind.DELETED,
                Logs.entryOf(good.get(3)),
                Logs.entryOf(good.get(5)),
                String.valueOf(middle.getFileName()),
                4));
  }

  @Test
  void swappedEntriesAreFound() throws Exception {
    List<String> good = Logs.lines(middle);
    for (int i = 1; i < good.size() - 2; i++) {
      List<String> changed = new ArrayList<>(good);
      Collections.swap(changed, i, i + 1);
      Logs.write(middle, changed);

      assertThat(only())
          .isEqualTo(finding(Kind.MOVED, Logs.entryOf(good.get(i + 1)), middle, i + 1));
    }
  }

  @Test
  void anEntryMovedFarIsFound() throws Exception {
    List<String> good = Logs.lines(middle);
    List<String> changed = new ArrayList<>(good);
    changed.add(2, changed.remove(good.size() - 3));
    Logs.write(middle, changed);

    assertThat(only())
        .isEqualTo(finding(Kind.MOVED, Logs.entryOf(good.get(good.size() - 3)), middle, 3));
  }

  @Test
  void aRepeatedEntryIsFound() throws Exception {
    List<String> changed = Logs.lines(middle);
    changed.add(4, changed.get(3));
    Logs.write(middle, changed);

    assertThat(only()).isEqualTo(finding(Kind.REPEATED, Logs.entryOf(changed.get(3)), middle, 5));
  }

  @Test
  void foreignBytesAreFound() throws Exception {
    List<String> changed = Logs.lines(middle);
    changed.add(4, "somebody was here");
    Logs.write(middle, changed);

    assertThat(only().kind()).isEqualTo(Kind.FOREIGN_BYTES);
    assertThat(only().line()).isEqualTo(5);
  }

  @Test
  @DisplayName("an entry replaced together with its own hash is the one that is named")
  void aReplacedEntryIsNamed() throws Exception {
    List<String> good = Logs.lines(middle);
    List<String> changed = new ArrayList<>(good);
    changed.set(3, rehashed(previousOf(good.get(3)), good.get(3).replace("c-", "x-")));
    Logs.write(middle, changed);

    AuditFinding found = only();
    assertThat(found.kind()).isEqualTo(Kind.EDITED);
    assertThat(found.first()).isEqualTo(Logs.entryOf(good.get(3)));
  }

  @Test
  @DisplayName("a chain that was computed anew is not signed: the entries between two signatures")
  void aChainComputedAnewIsNotSigned() throws Exception {
    List<Path> files = Logs.files(folder);
    String previous = "";
    boolean changing = false;
    for (Path file : files) {
      List<String> lines = Logs.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (file.equals(middle) && i == 3) {
          lines.set(i, lines.get(i).replace("c-", "x-"));
          changing = true;
        }
        if (changing) {
          lines.set(i, rehashed(previous, lines.get(i)));
        }
        previous = lines.get(i).substring(0, 64);
      }
      Logs.write(file, lines);
    }

    List<AuditFinding> findings = Logs.verify(folder).findings();
    long edited = Logs.entryOf(Logs.lines(middle).get(3));
    assertThat(findings).isNotEmpty().allMatch(found -> found.kind() == Kind.NOT_SIGNED);
    assertThat(findings.get(0).first()).isLessThanOrEqualTo(edited);
    assertThat(findings.get(0).last()).isBetween(edited, edited + 5);
  }

  @Test
  void signaturesThatWereTakenOutAreMissed() throws Exception {
    // The chain is computed anew without the signatures that would not fit it.
    List<String> out = new ArrayList<>();
    String previous = LogLine.NO_HASH;
    long number = 0;
    Path last = Logs.files(folder).get(0);
    for (String line : Logs.lines(last)) {
      if (!line.contains("\"kind\":\"checkpoint\"")) {
        number++;
        String renumbered = line.replaceFirst("\"seq\":[0-9]+", "\"seq\":" + number);
        out.add(rehashed(previous, renumbered));
        previous = out.get(out.size() - 1).substring(0, 64);
      }
    }
    for (Path file : Logs.files(folder)) {
      Files.delete(file);
    }
    Logs.write(last, out);

    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.SIGNATURE_MISSING);
  }

  @Test
  @DisplayName("a log that somebody begins anew with a key of his own does not pass as ours")
  void anotherKeyDoesNotPass() throws Exception {
    Verifier ours = KeyFiles.readPublic(new LogFolder(folder).publicKey());
    Path other = temp.resolve("other");
    Logs.write(other, HeadMemory.NONE, 40);

    List<AuditFinding> findings =
        LogVerification.run(other, ours, List.of(memory.only()), 1).findings();
    assertThat(findings)
        .extracting(AuditFinding::kind)
        .contains(Kind.WRONG_HEADER, Kind.NOT_SIGNED, Kind.REPLACED);
  }

  @Test
  void aMissingFileIsFound() throws Exception {
    List<String> lines = Logs.lines(middle);
    Path next = Logs.files(folder).get(2);
    Files.delete(middle);

    assertThat(only())
        .isEqualTo(
            new AuditFinding(
                Kind.DELETED,
                Logs.entryOf(lines.get(0)),
                Logs.entryOf(lines.get(lines.size() - 1)),
                String.valueOf(next.getFileName()),
                1));
  }

  @Test
  @DisplayName("a file moved into an archive is no finding if one says where the log begins")
  void archivedFilesAreNoFinding() throws Exception {
    Files.delete(Logs.files(folder).get(0));
    Verifier key = KeyFiles.readPublic(new LogFolder(folder).publicKey());

    assertThat(only().kind()).isEqualTo(Kind.DELETED);
    assertThat(LogVerification.run(folder, key, List.of(memory.only()), 2).findings()).isEmpty();
  }

  @Test
  @DisplayName("with the remembered head every shortening at the end is found")
  void everyShorteningIsFound() throws Exception {
    List<Path> files = Logs.files(folder);
    long last = memory.only().entry();
    for (int f = files.size() - 1; f > files.size() - 3; f--) {
      List<String> lines = Logs.lines(files.get(f));
      while (!lines.isEmpty()) {
        long first = Logs.entryOf(lines.remove(lines.size() - 1));
        Logs.write(files.get(f), lines);

        AuditFinding found = only();
        assertThat(found.kind()).isEqualTo(Kind.CUT_OFF);
        assertThat(found.first()).isEqualTo(first);
        assertThat(found.last()).isEqualTo(last);
      }
      Files.delete(files.get(f));
    }
  }

  @Test
  @DisplayName("without the remembered head a log cut at a signature passes: docs/audit.md says so")
  void withoutTheHeadACutLogPasses() throws Exception {
    List<Path> files = Logs.files(folder);
    Files.delete(files.get(files.size() - 1));

    assertThat(Logs.verify(folder).isSound()).isTrue();
  }

  @Test
  @DisplayName("a log that was rolled back and then went on is found, and says so itself for ever")
  void aRollBackIsFound() throws Exception {
    AuditHead before = memory.only();
    List<Path> files = Logs.files(folder);
    Files.delete(files.get(files.size() - 1));
    Logs.write(folder, memory, 40);

    AuditFinding found = only();
    assertThat(found.kind()).isEqualTo(Kind.ROLLED_BACK);
    assertThat(Logs.verify(folder).findings()).containsExactly(found);
    assertThat(Logs.verify(folder, before).findings())
        .extracting(AuditFinding::kind)
        .containsOnly(Kind.ROLLED_BACK);
  }

  @Test
  void whatWasWrittenAndNotRememberedIsNoRollBack() throws Exception {
    AuditHead older = memory.only();
    Logs.write(folder, HeadMemory.NONE, 20);
    assertThat(memory.only()).isEqualTo(older);
    Logs.write(folder, memory, 1);

    assertThat(Logs.verify(folder, older, memory.only()).findings()).isEmpty();
  }

  @Test
  @DisplayName("a hostile log can claim any number and any length")
  void aHostileLogHasBoundedFindings() throws Exception {
    StringBuilder hostile = new StringBuilder();
    String line = Logs.lines(middle).get(3);
    for (int i = 0; i < 1500; i++) {
      long number = i % 2 == 0 ? 999_999_999_999_999_999L - i : 7 + i;
      hostile
          .append(
              rehashed(previousOf(line), line.replaceFirst("\"seq\":[0-9]+", "\"seq\":" + number)))
          .append('\n');
    }
    hostile.append("x".repeat(2_000_000));
    Files.writeString(middle, hostile, StandardCharsets.ISO_8859_1);

    AuditReport report = Logs.verify(folder);
    assertThat(report.isSound()).isFalse();
    assertThat(report.findings()).hasSizeLessThanOrEqualTo(AuditReport.MOST_FINDINGS);
  }

  private static String previousOf(String line) {
    return line.substring(65, 129);
  }

  /** What somebody without the signing key can do. */
  private static String rehashed(String previous, String line) throws IOException {
    byte[] json = line.substring(130).getBytes(StandardCharsets.US_ASCII);
    Entry entry = EntryCodec.decode(json).orElseThrow();
    return new String(LogLine.of(previous, entry).bytes(), StandardCharsets.US_ASCII).strip();
  }
}
