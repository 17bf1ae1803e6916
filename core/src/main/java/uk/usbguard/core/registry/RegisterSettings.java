package uk.usbguard.core.registry;

import java.util.List;

/**
 * What the organisation decided for its register.
 *
 * @param agreementVersion of the user agreement now in force; an older signature does not count
 * @param assetReferenceNeeded whether a drive without an entry in the asset register is issued
 * @param governancePeople who may clear a drive that was found
 * @param signingKey fingerprint of the key that the organisation signs with; empty if it has none
 */
public record RegisterSettings(
    Organisation organisation,
    String agreementVersion,
    CheckInRule checkIn,
    boolean assetReferenceNeeded,
    List<String> governancePeople,
    String signingKey) {

  static final int MAX_PEOPLE = 100;

  /** Before anybody decided. */
  public static final RegisterSettings DEFAULT =
      new RegisterSettings(Organisation.NONE, "1", CheckInRule.DEFAULT, true, List.of());

  /** Of an organisation that has no signing key. */
  public RegisterSettings(
      Organisation organisation,
      String agreementVersion,
      CheckInRule checkIn,
      boolean assetReferenceNeeded,
      List<String> governancePeople) {
    this(organisation, agreementVersion, checkIn, assetReferenceNeeded, governancePeople, "");
  }

  /** Copies the list. */
  public RegisterSettings {
    governancePeople = List.copyOf(governancePeople);
  }

  /** Whether an organisation has decided anything yet. */
  public boolean isDecided() {
    return !organisation.name().isEmpty();
  }

  /** What deciding so would change. Refuses what cannot be decided. */
  public List<SettingChange> changesTo(RegisterSettings wanted) throws RegisterRefusedException {
    return SettingChange.between(this, wanted.checked());
  }

  boolean isGovernance(String person) {
    return governancePeople.stream().anyMatch(one -> PlainText.same(one, person));
  }

  RegisterSettings checked() throws RegisterRefusedException {
    if (governancePeople.size() > MAX_PEOPLE) {
      throw new RegisterRefusedException(
          Refusal.TOO_MANY_PEOPLE, "" + governancePeople.size(), "" + MAX_PEOPLE);
    }
    for (String person : governancePeople) {
      needed("governancePeople", person);
    }
    return new RegisterSettings(
        new Organisation(
            needed("name", organisation.name()),
            needed("serviceDesk", organisation.serviceDesk()),
            needed("governance", organisation.governance())),
        needed("agreementVersion", agreementVersion),
        checkIn,
        assetReferenceNeeded,
        governancePeople,
        PlainText.optional("signingKey", 200, signingKey));
  }

  /** The same, signing with the key of this fingerprint. */
  public RegisterSettings signingWith(String fingerprint) {
    return new RegisterSettings(
        organisation,
        agreementVersion,
        checkIn,
        assetReferenceNeeded,
        governancePeople,
        fingerprint);
  }

  private static String needed(String name, String text) throws RegisterRefusedException {
    String plain = PlainText.optional(name, 200, text);
    if (plain.isEmpty()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, name);
    }
    return plain;
  }
}
