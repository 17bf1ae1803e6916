package uk.usbguard.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.core.device.Blob;
import uk.usbguard.core.file.FileLease;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.SignatureAlgorithm;

/** policy check, show, explain, sign. */
class PolicyCommandsTest {

  private static final String GOOD =
      "shape=storage,state=issued,holder=own,ownership=organisation,"
          + "verdict=verified-encrypted,identity=L3,check-in=1d";

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).at(Clock.fixed(Instant.parse("2026-11-24T09:00:00Z"), ZoneOffset.UTC));
  }

  private void keys() throws IOException {
    var verifier =
        new KeyFiles(new SecureRandom())
            .createUnsealed(desk.folder.resolve("key"), SignatureAlgorithm.ED25519);
    Files.write(desk.folder.resolve("key.pub"), verifier.file());
  }

  @Test
  @DisplayName("a shipped profile is printed with its comments, and is sound")
  void showsAProfile() throws IOException {
    Result shown = desk.run("policy", "show", "no-write");
    desk.file("mine.yaml", shown.out());

    assertThat(shown.code()).isZero();
    assertThat(shown.out()).startsWith("# no-write: ").contains("writing: never");
    assertThat(desk.run("policy", "check", "mine.yaml").out())
        .matches("mine.yaml is sound: [0-9]+ rules, version 1\\.\\R");
    assertThat(desk.run("policy", "show", "nhs").code()).isEqualTo(66);
  }

  @Test
  @DisplayName("GOV-03: every mistake is named with line and column")
  void checkNamesEveryMistake() throws IOException {
    desk.file(
        "bad.yaml", "format: 1\nname: x\nversion: 1\ncontact: d\nrules:\n- {id: a, efect: 1}\n");

    Result checked = desk.run("policy", "check", "bad.yaml");

    assertThat(checked.code()).isEqualTo(65);
    assertThat(checked.out())
        .contains("bad.yaml:6:3: The key effect is missing.")
        .contains("bad.yaml:6:3: The key reason is missing.")
        .contains("bad.yaml:6:11: The key efect is not known here.");
    assertThat(desk.run("policy", "check", "bad.yaml", "--json").out())
        .contains("\"sound\":false", "\"kind\":\"unknown-key\"", "\"line\":6");
    assertThat(desk.run("policy", "explain", "bad.yaml").code()).isEqualTo(65);
  }

  @Test
  @DisplayName("what is said of a drive without --medium is refused, with what it goes with")
  void aDriveNeedsItsMedium() {
    Result facts =
        desk.run("policy", "explain", "nhs-default", "--facts", "shape=storage", "--device", "T1");
    assertThat(facts.code()).isEqualTo(64);
    assertThat(facts.err()).contains("--device goes with --medium, not with --facts.");
    assertThat(desk.run("policy", "explain", "nhs-default", "--level", "L1").err())
        .contains("--level goes with --medium, not alone.");
  }

  @Test
  @DisplayName("GOV-03: of many mistakes 100 are shown, with how many there are")
  void checkStopsAfterAHundred() throws IOException {
    StringBuilder yaml = new StringBuilder("format: 1\nname: x\nversion: 1\ncontact: d\nrules:\n");
    for (int i = 0; i < 500; i++) {
      yaml.append("- {id: a").append(i).append(", efect: 1}\n");
    }
    desk.file("bad.yaml", yaml.toString());

    Result checked = desk.run("policy", "check", "bad.yaml");

    assertThat(checked.code()).isEqualTo(65);
    assertThat(checked.out().lines()).hasSize(101);
    assertThat(checked.out()).contains("bad.yaml: 1,500 problems. The first 100 are shown");
    assertThat(checked.err()).contains("Problems: 1500; see above.");
    assertThat(desk.run("policy", "check", "bad.yaml", "--json").out())
        .contains("\"problemCount\":1500");
  }

  @Test
  @DisplayName(
      "GOV-03: what is wrong with a file as a whole has no line; a character has its number")
  void problemsOfTheWholeFile() throws IOException {
    desk.file("empty.yaml", "");
    desk.file("hidden.yaml", "format: 1\nname: \"a\\u200bb\"\n");

    assertThat(desk.run("policy", "check", "empty.yaml").out())
        .startsWith("empty.yaml: ")
        .doesNotContain(":0:0");
    assertThat(desk.run("policy", "check", "hidden.yaml").out())
        .contains("hidden.yaml:2:7: The character U+200B is not allowed");
  }

  @Test
  @DisplayName("GOV-03: a policy too large to be searched for rules that never match says so")
  void checkSaysWhatItDidNotLookAt() throws IOException {
    StringBuilder yaml = new StringBuilder("format: 1\nname: x\nversion: 1\ncontact: d\nrules:\n");
    String users =
        IntStream.range(0, 2_100).mapToObj(i -> "u" + i).collect(Collectors.joining(", "));
    for (int i = 0; i < 700; i++) {
      yaml.append("- id: a").append(i).append("\n  when: {user: [").append(users);
      yaml.append(", x").append(i).append("]}\n  effect: block\n  reason: unregistered\n");
    }
    desk.file("large.yaml", yaml.toString());

    Result checked =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> desk.run("policy", "check", "large.yaml"));

    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.err()).contains("too large to be searched for rules that can never match");
  }

  @Test
  @DisplayName(
      "GOV-03: a policy that is empty, of 20 GiB, or not UTF-8 is refused, and none is used")
  void noPolicyAtAll() throws IOException {
    desk.file("empty.yaml", "");
    desk.file("huge.yaml", "format: 1\n");
    try (var file = new RandomAccessFile(desk.folder.resolve("huge.yaml").toFile(), "rw")) {
      file.setLength(20L << 30); // sparse: nobody may read it to the end, or hold it
    }
    Files.write(desk.folder.resolve("latin.yaml"), "name: caf\u00e9\n".getBytes(ISO_8859_1));
    Map<String, String> kinds =
        Map.of("empty.yaml", "empty", "huge.yaml", "too-large", "latin.yaml", "not-utf8");
    kinds.forEach(
        (file, kind) -> {
          Result checked = desk.run("policy", "check", file, "--json");
          assertThat(checked.code()).as(checked.err()).isEqualTo(65);
          assertThat(checked.out()).contains("\"sound\":false", "\"kind\":\"" + kind + "\"");
        });
  }

  @Test
  @DisplayName("AUD-06 a review is due a year later, overdue a day after that, with whom to ask")
  void reviewIsDue() throws IOException {
    String yaml =
        """
        format: 1
        name: ward
        version: 1
        contact: extension 4567
        review: {last: 2025-11-24, by: I. Governor}
        rules:
          - {id: a, effect: block, reason: unregistered}
        """;
    desk.file("due.yaml", yaml);
    desk.file("overdue.yaml", yaml.replace("11-24", "11-23"));
    desk.file("future.yaml", yaml.replace("2025-11-24", "2026-11-25"));

    Result due = desk.run("policy", "check", "due.yaml");
    assertThat(due.code()).isZero();
    assertThat(due.out()).contains("To be reviewed by 2026-11-24.");
    assertThat(due.err()).isEmpty();
    Result overdue = desk.run("policy", "check", "overdue.yaml");
    assertThat(overdue.code()).isZero();
    assertThat(overdue.err())
        .contains("last reviewed on 2025-11-23", "due on 2026-11-23")
        .contains("Ask I. Governor", "extension 4567");
    assertThat(desk.run("policy", "check", "overdue.yaml", "--json").err())
        .contains("\"id\":\"policy-review-overdue\"");
    assertThat(desk.run("policy", "explain", "overdue.yaml", "--facts", GOOD).err())
        .contains("due on 2026-11-23");
    assertThat(desk.run("policy", "check", "future.yaml").err())
        .contains("2026-11-25, a day that has not come", "I. Governor");
  }

  @Test
  @DisplayName("USB-10: explain says what happens, why, what to do, whom to ask, and by which rule")
  void explains() {
    Result blocked = desk.run("policy", "explain", "nhs-default", "--facts", "shape=storage");

    assertThat(blocked.code()).isEqualTo(80);
    assertThat(blocked.out())
        .contains("This USB stick or disk was blocked. It is not in the organisation's register.")
        .contains("Questions: your IT service desk.")
        .contains("Rule: not-in-the-register of nhs-default, version 1; reason unregistered")
        .contains("state=unregistered");
    Result allowed = desk.run("policy", "explain", "nhs-default", "--facts", GOOD);
    assertThat(allowed.code()).as(allowed.out()).isZero();
    assertThat(allowed.out()).contains("Effect: allow");
  }

  @Test
  @DisplayName("what explain prints as JSON is explained again to the same")
  void explainsARecordedEvent() throws IOException {
    String first = desk.run("policy", "explain", "nhs-default", "--facts", GOOD, "--json").out();
    desk.file("event.json", first);

    assertThat(
            desk.run("policy", "explain", "nhs-default", "--event", "event.json", "--json").out())
        .isEqualTo(first);
    assertThat(desk.pipe(first, "policy", "explain", "nhs-default", "--event", "-", "--json").out())
        .isEqualTo(first);
  }

  @Test
  @DisplayName("USB-03 a drive shows L3 with the container on it that the register knows, no other")
  void containerIsCompared() throws IOException {
    RegisterDesk register = new RegisterDesk(desk);
    register.init();
    desk.withLetters();
    desk.unlocked("encrypt", "letters", "--to", "other.ugc", "--no-recovery-key");
    String[] entry = {
      "device",
      "register",
      "NHS-1",
      "--model",
      "0951:1666",
      "--serial",
      "60A44C413FAEF471",
      "--capacity",
      "8000000",
      "--descriptor-digest",
      "D1",
      "--owner",
      "a.nurse",
      "--manager",
      "m",
      "--organisation",
      "St Elsewhere",
      "--purpose",
      "Carries referral letters to the hospice",
      "--data",
      "patient",
      "--asset-reference",
      "IAR-1",
      "--as",
      "desk",
      "--register",
      "r.db"
    };
    assertThat(desk.run(and(entry, "--fingerprint", "ward 7")).code()).isEqualTo(64);
    desk.file("letter.img", "Dear colleague, ".repeat(10_000));
    assertThat(desk.run(and(entry, "--medium", "letter.img")).code()).isEqualTo(65);
    Result entered = desk.run(and(entry, "--medium", "c.ugc", "--json"));
    assertThat(entered.out()).contains("\"identityLevel\":\"L3\"", "\"usbguard:");
    register.issue("NHS-1");

    assertThat(explained("c.ugc")).contains("Rule: good of", "identity=L3", "medium=registered");
    String other = explained("other.ugc");
    assertThat(other)
        .contains("the container on it is not the registered one (identity shown: L2)")
        .contains("Rule: another-container of", "medium=unregistered, exchanged=true");
    assertThat(
            desk.run(
                    "device",
                    "container",
                    "NHS-1",
                    "--medium",
                    "other.ugc",
                    "--as",
                    "desk",
                    "--reason",
                    "encrypted anew",
                    "--register",
                    "r.db")
                .code())
        .isZero();
    assertThat(explained("other.ugc")).contains("Rule: good of", "identity=L3");
  }

  private String explained(String medium) {
    return desk.run(
            "policy",
            "explain",
            "nhs-default",
            "--medium",
            medium,
            "--device",
            "NHS-1",
            "--register",
            "r.db")
        .out();
  }

  @Test
  @DisplayName("USB-10 explain looks at a medium and into the register, and says what follows")
  void explainsADrive() throws IOException {
    RegisterDesk register = new RegisterDesk(desk);
    register.init();
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    desk.file("letter.img", "Dear colleague, ".repeat(10_000));
    String[] words = {
      "policy",
      "explain",
      "nhs-default",
      "--medium",
      "letter.img",
      "--device",
      "NHS-1",
      "--register",
      "r.db"
    };

    Result blocked = desk.run(words);
    assertThat(blocked.code()).as(blocked.err()).isEqualTo(80);
    assertThat(blocked.out())
        .contains("Rule: not-encrypted of nhs-default")
        .contains("identity=L1, verdict=plaintext, medium=unregistered, state=issued, holder=own");
    assertThat(desk.run(and(words, "--user", "b.porter")).out()).contains("Rule: of-somebody-else");
    assertThat(desk.run(and(words, "--level", "L0")).out()).contains("identity=L0");
    assertThat(desk.run(and(words, "--level", "L9")).code()).isEqualTo(64);
    assertThat(desk.run("policy", "explain", "nhs-default", "--medium", "letter.img").out())
        .contains("Rule: not-in-the-register");
    assertThat(desk.run("policy", "explain", "nhs-default", "--medium", "none.img").code())
        .isEqualTo(66);
    assertThat(desk.run("policy", "explain", "nhs-default", "--device", "NHS-1").code())
        .isEqualTo(64);
  }

  @ParameterizedTest(
      name = "GOV-03 the {1} key that org init makes signs policies, and only with its passphrase")
  @CsvSource({"standard,Ed25519", "fips,ECDSA-P384"})
  void theOrganisationsKey(String profile, String algorithm) throws IOException {
    String[] init = {
      "org",
      "init",
      "--name",
      "St Elsewhere",
      "--service-desk",
      "1",
      "--governance",
      "2",
      "--register",
      "r.db",
      "--profile",
      profile,
      "--signing-key",
      "org.key",
      "--new-passphrase-stdin"
    };
    assertThat(desk.pipe("short\n", init).code()).isEqualTo(80);
    assertThat(desk.has("org.key")).isFalse();

    Result made = desk.pipe(Desk.PHRASE + "\n", init);
    assertThat(made.code()).as(made.err()).isZero();
    String key = made.out().lines().filter(line -> line.startsWith("signs with")).findAny().get();
    assertThat(desk.text("org.key.pub")).contains(key.substring("signs with: ".length()));
    assertThat(desk.text("org.key.pub")).startsWith("usbguard public key, " + algorithm + ", ");
    desk.file("mine.yaml", desk.run("policy", "show", "nhs-default").out());
    assertThat(desk.unlocked("policy", "sign", "mine.yaml", "--key", "org.key").code()).isZero();
    assertThat(
            desk.pipe(
                    Desk.OTHER + "\n",
                    "policy",
                    "sign",
                    "mine.yaml",
                    "--key",
                    "org.key",
                    "--passphrase-stdin")
                .code())
        .isEqualTo(77);
    assertThat(desk.run("policy", "check", "mine.yaml", "--public-key", "org.key.pub").code())
        .isZero();

    Result again = desk.pipe(Desk.PHRASE + "\n", and(init, "--reason", "lost", "--yes"));
    assertThat(again.code()).as("a key is never overwritten").isEqualTo(73);
    assertThat(desk.run(Arrays.copyOf(init, init.length - 3)).out())
        .as("deciding anew keeps it")
        .contains(key);
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  @DisplayName("USB-01 a baseline of what is plugged in is a sound policy that lets it through")
  void baseline() throws IOException {
    Path stick = Files.createDirectories(desk.folder.resolve("sysfs/1-1"));
    Files.write(
        stick.resolve("descriptors"), Blob.of("0951:1666").configuration("08/06/50").bytes());
    desk.file("sysfs/1-1/serial", "60A44C413FAEF471\n");
    desk.file("sysfs/1-1/product", "DataTraveler\n");
    Path typing = Files.createDirectories(desk.folder.resolve("sysfs/1-2"));
    Files.write(typing.resolve("descriptors"), Blob.with("08/06/50", "03/01/01").bytes());
    String[] words = {"policy", "baseline", "--contact", "desk 4567", "--sysfs", "sysfs"};

    Result made = desk.run(words);
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err()).contains("1 devices are plugged in but not let in");
    assertThat(made.out()).contains("\"0951:1666:60A44C413FAEF471\" # DataTraveler");
    desk.file("b.yaml", made.out());
    assertThat(desk.run("policy", "check", "b.yaml").code()).isZero();
    String facts = "shape=storage,device=0951:1666:60A44C413FAEF471,verdict=plaintext";
    assertThat(desk.run("policy", "explain", "b.yaml", "--facts", facts).out())
        .contains("Rule: in-use-before of baseline", "would be read-only", "Questions: desk 4567.");
    assertThat(desk.run(and(words, "--json")).out())
        .startsWith("{\"type\":\"policy-baseline\",")
        .contains("\"letThrough\":1,\"untouched\":0,\"leftOut\":1");
  }

  @Test
  void baselineOfNothingSaysSo() throws IOException {
    assertThat(desk.run("policy", "baseline", "--contact", "d", "--sysfs", "none").code())
        .isEqualTo(66);
    Files.createDirectories(desk.folder.resolve("empty"));
    assertThat(desk.run("policy", "baseline", "--contact", " ", "--sysfs", "empty").code())
        .isEqualTo(65);
  }

  @Test
  void factsThatAreNoneAreRefused() {
    Result refused = desk.run("policy", "explain", "nhs-default", "--facts", "shap=storage");
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.err()).contains("The key shap is not known here");
  }

  private void publish(String name, int version, String more) throws IOException {
    desk.file(
        name,
        "format: 1\nname: ours\nversion: "
            + version
            + "\norganisation: St Elsewhere\ncontact: desk\n"
            + "rules: [{id: none, effect: block, reason: unregistered}]\n"
            + more);
    assertThat(desk.run("policy", "sign", name, "--key", "key").code()).isZero();
  }

  private Result use(String name) {
    return desk.run(
        "policy", "use", name, "--public-key", "key.pub", "--organisation", "St Elsewhere");
  }

  @Test
  @DisplayName("GOV-03: what is not genuine, not ours or older leaves the last good one in force")
  void keepsTheLastGood() throws IOException {
    keys();
    Result none = use("missing.yaml");
    assertThat(none.code()).isEqualTo(80);
    assertThat(none.out()).startsWith("No policy is in force: everything that bears data");
    assertThat(none.err()).contains("There is no policy missing.yaml.");

    publish("two.yaml", 2, "");
    assertThat(use("two.yaml").out()).startsWith("In force: ours, version 2.");
    publish("one.yaml", 1, "");
    assertThat(use("one.yaml").err()).contains("its version is lower");
    publish("other.yaml", 2, "# another comment\n");
    assertThat(use("other.yaml").err()).contains("has the same version");
    publish("three.yaml", 3, "");
    desk.file("three.yaml", desk.text("three.yaml").replace("block", "allow"));
    Result altered = use("three.yaml");
    assertThat(altered.code()).isEqualTo(80);
    assertThat(altered.out()).startsWith("Still in force: ours, version 2.");
    assertThat(altered.err()).contains("nothing beside it shows that the organisation signed it");
    desk.file("three.yaml.sig", "no signature");
    assertThat(use("three.yaml").code()).isEqualTo(80);
    Result theirs =
        desk.run("policy", "use", "two.yaml", "--public-key", "key.pub", "--organisation", "X");
    assertThat(theirs.err()).contains("it is not a policy of X");
    publish("four.yaml", 4, "");
    Result json =
        desk.run(
            "policy",
            "use",
            "four.yaml",
            "--public-key",
            "key.pub",
            "--organisation",
            "St Elsewhere",
            "--json");
    assertThat(json.out()).contains("\"taken\":true", "\"policy\":\"ours\"", "\"version\":4");
  }

  private Result useWithNewKey(String name, String... more) {
    List<String> line = new ArrayList<>(List.of("policy", "use", name, "--public-key", "key.pub"));
    line.addAll(List.of("--organisation", "St Elsewhere"));
    line.addAll(List.of(more));
    return desk.run(line.toArray(String[]::new));
  }

  @Test
  @DisplayName("GOV-03: another key is refused unless it is meant, and never lets an older one in")
  void anotherKeyIsAnExplicitChange() throws IOException {
    keys();
    publish("five.yaml", 5, "");
    assertThat(use("five.yaml").code()).isZero();
    Files.move(desk.folder.resolve("key.pub"), desk.folder.resolve("old.pub"));
    Files.delete(desk.folder.resolve("key"));
    keys();
    publish("one.yaml", 1, "");
    publish("six.yaml", 6, "");

    Result refused = use("six.yaml");
    assertThat(refused.code()).isEqualTo(80);
    assertThat(refused.out()).startsWith("Still in force: ours, version 5.");
    assertThat(refused.err()).contains("signed with another key than the policy in force");
    assertThat(use("one.yaml").out()).startsWith("Still in force: ours, version 5.");
    assertThat(useWithNewKey("one.yaml", "--new-key").err()).contains("its version is lower");
    assertThat(useWithNewKey("six.yaml", "--new-key").out())
        .startsWith("In force: ours, version 6.");
    publish("seven.yaml", 7, "");
    assertThat(use("seven.yaml").code()).isZero();
  }

  @Test
  @DisplayName("GOV-03: two programs do not put a policy in force at the same time")
  void waitsForItsTurn() throws IOException {
    keys();
    publish("two.yaml", 2, "");
    assertThat(use("two.yaml").code()).isZero();
    Path lock = desk.folder.resolve(".state/policy/lock");

    FileLease lease = FileLease.take(lock, Duration.ofSeconds(1)).orElseThrow();
    assertThat(use("two.yaml").code()).isEqualTo(75);
    lease.close();
    assertThat(use("two.yaml").code()).isZero();
  }

  @Test
  @DisplayName("GOV-03: a kept policy that was altered is not in force")
  void theKeptOneIsVerified() throws IOException {
    keys();
    publish("two.yaml", 2, "");
    use("two.yaml");
    Path kept = desk.folder.resolve(".state/policy/last-good");
    String content = Files.readString(kept);
    int last = content.lastIndexOf('\n', content.length() - 2) - 10; // in the policy
    char other = content.charAt(last) == 'A' ? 'B' : 'A';
    Files.writeString(kept, content.substring(0, last) + other + content.substring(last + 1));
    assertThat(use("missing.yaml").out()).startsWith("No policy is in force");
    Files.writeString(kept, "torn");
    assertThat(use("missing.yaml").out()).startsWith("No policy is in force");
    Files.writeString(kept, "!\n!\n");
    assertThat(use("two.yaml").code()).isZero();
  }

  @Test
  @DisplayName("GOV-03: a signed policy is known again, a changed one and another key are refused")
  void signs() throws IOException {
    keys();
    desk.file("mine.yaml", desk.run("policy", "show", "nhs-default").out());

    Result signed = desk.run("policy", "sign", "mine.yaml", "--key", "key");

    assertThat(signed.code()).as(signed.err()).isZero();
    assertThat(desk.run("policy", "check", "mine.yaml", "--public-key", "key.pub").out())
        .contains("Signed with the key SHA256:");
    desk.file("mine.yaml", desk.text("mine.yaml") + "# changed\n");
    assertThat(desk.run("policy", "check", "mine.yaml", "--public-key", "key.pub").code())
        .isEqualTo(77);
    Files.delete(desk.folder.resolve("key"));
    keys();
    assertThat(desk.run("policy", "check", "mine.yaml", "--public-key", "key.pub").err())
        .contains("was signed with another key");
  }
}
