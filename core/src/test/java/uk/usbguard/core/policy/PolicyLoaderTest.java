package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.policy.PolicyLoader.InForce;
import uk.usbguard.core.policy.PolicyLoader.Refusal;

/** GOV-03: an altered policy is never in force; the last good one is, or nothing is let in. */
class PolicyLoaderTest {

  private static final byte[] SIGNATURE = {1};

  private Optional<SignedPolicy> kept = Optional.empty();

  private Optional<SignatureCheck> keptBy = Optional.empty();

  private final LastGoodPolicy shelf =
      new LastGoodPolicy() {
        @Override
        public Optional<SignedPolicy> read() {
          return kept;
        }

        @Override
        public Optional<SignatureCheck> key() {
          return keptBy;
        }

        @Override
        public void keep(SignedPolicy policy, SignatureCheck key) {
          kept = Optional.of(policy);
          keptBy = Optional.of(key);
        }
      };

  private final PolicyLoader loader =
      new PolicyLoader(
          (file, signature) -> Arrays.equals(signature, SIGNATURE), shelf, "Trust A", "desk");

  private static SignedPolicy policy(String organisation, int version, String more) {
    String yaml =
        "format: 1\nname: p\nversion: "
            + version
            + "\norganisation: "
            + organisation
            + "\ncontact: desk\nrules: [{id: r, effect: block, reason: unregistered}]\n"
            + more;
    return new SignedPolicy(yaml.getBytes(StandardCharsets.UTF_8), SIGNATURE);
  }

  private InForce load(SignedPolicy offered) throws IOException {
    return loader.load(Optional.of(offered));
  }

  private void refused(SignedPolicy offered, Refusal refusal) throws IOException {
    InForce none = load(offered);
    assertThat(none.refusal()).contains(refusal);
    assertThat(none.policy().header().name()).isEqualTo("deny-all");

    load(policy("Trust A", 5, ""));
    InForce last = load(offered);
    assertThat(last.refusal()).contains(refusal);
    assertThat(last.policy().header().version()).isEqualTo(5);
  }

  @Test
  @DisplayName("GOV-03: a genuine, sound policy is put in force and kept")
  void genuine() throws IOException {
    assertThat(load(policy("Trust A", 5, "")).refusal()).isEmpty();
    assertThat(load(policy("Trust A", 5, "")).refusal()).isEmpty();
    assertThat(load(policy("Trust A", 6, "")).policy().header().version()).isEqualTo(6);
    assertThat(kept.orElseThrow().file()).isEqualTo(policy("Trust A", 6, "").file());
  }

  @Test
  @DisplayName("GOV-03: one that is not signed by the organisation is not")
  void notGenuine() throws IOException {
    byte[] file = policy("Trust A", 9, "").file();
    refused(new SignedPolicy(file, new byte[] {2}), Refusal.NOT_GENUINE);
  }

  @Test
  @DisplayName("GOV-03: another organisation's is not, though its signature is good")
  void otherOrganisation() throws IOException {
    refused(policy("Trust B", 9, ""), Refusal.OTHER_ORGANISATION);
  }

  @Test
  @DisplayName("GOV-03: for another organisation the version of the last policy is a floor, too")
  void floorForAnotherOrganisation() throws IOException {
    load(policy("Trust A", 5, ""));
    PolicyLoader other =
        new PolicyLoader(
            (file, signature) -> Arrays.equals(signature, SIGNATURE), shelf, "Trust B", "desk");

    InForce older = other.load(Optional.of(policy("Trust B", 4, "")));
    assertThat(older.refusal()).contains(Refusal.OLDER);
    assertThat(older.policy().header().name()).as("never Trust A's").isEqualTo("deny-all");
    assertThat(other.load(Optional.of(policy("Trust B", 6, ""))).refusal()).isEmpty();
    assertThat(load(policy("Trust A", 5, "")).refusal()).contains(Refusal.OLDER);
  }

  @Test
  @DisplayName("GOV-03: one with a mistake is not")
  void invalid() throws IOException {
    refused(policy("Trust A", 9, "rulez: 1\n"), Refusal.INVALID);
  }

  @Test
  @DisplayName("GOV-03: an older one, or another one of the same version, is not")
  void rolledBack() throws IOException {
    load(policy("Trust A", 5, ""));

    assertThat(load(policy("Trust A", 4, "")).refusal()).contains(Refusal.OLDER);
    assertThat(load(policy("Trust A", 5, "# more\n")).refusal())
        .contains(Refusal.SAME_VERSION_CHANGED);
    assertThat(load(policy("Trust A", 4, "")).policy().header().version()).isEqualTo(5);
  }

  @Test
  @DisplayName(
      "GOV-03: without a policy the last good one stays; a kept copy that was changed does not")
  void missing() throws IOException {
    assertThat(loader.load(Optional.empty()).policy().header().name()).isEqualTo("deny-all");
    load(policy("Trust A", 5, ""));
    assertThat(loader.load(Optional.empty()).policy().header().version()).isEqualTo(5);

    kept = Optional.of(new SignedPolicy(kept.orElseThrow().file(), new byte[] {2}));
    InForce after = loader.load(Optional.empty());
    assertThat(after.policy().header().name()).isEqualTo("deny-all");
    assertThat(after.refusal()).contains(Refusal.MISSING);
  }
}
