package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.cli.Desk.and;

import java.io.IOException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.core.file.FileLease;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.SignatureAlgorithm;

/** policy sign and use: which policy is in force. */
class PolicyUseTest {

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
