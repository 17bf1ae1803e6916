package uk.usbguard.core.registry;

import java.util.Locale;

/** What an organisation decides for its register. */
public enum Setting {
  NAME,
  SERVICE_DESK,
  GOVERNANCE,
  GOVERNANCE_PEOPLE,
  AGREEMENT_VERSION,
  CHECK_IN_DAYS,
  ASSET_REFERENCE_NEEDED,
  SIGNING_KEY;

  /** As in the history, in the audit log and in JSON: {@code service-desk}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether both have the same, by value: two lists of names can look alike as one text. */
  boolean isSame(RegisterSettings one, RegisterSettings other) {
    return this == GOVERNANCE_PEOPLE
        ? one.governancePeople().equals(other.governancePeople())
        : of(one).equals(of(other));
  }

  /** How the settings have it, as one text. A name may hold a comma: a semicolon parts them. */
  String of(RegisterSettings settings) {
    CheckInRule days = settings.checkIn();
    return switch (this) {
      case NAME -> settings.organisation().name();
      case SERVICE_DESK -> settings.organisation().serviceDesk();
      case GOVERNANCE -> settings.organisation().governance();
      case GOVERNANCE_PEOPLE -> String.join("; ", settings.governancePeople());
      case AGREEMENT_VERSION -> settings.agreementVersion();
      case CHECK_IN_DAYS -> days.warnDays() + "," + days.readOnlyDays() + "," + days.lockDays();
      case ASSET_REFERENCE_NEEDED -> Boolean.toString(settings.assetReferenceNeeded());
      case SIGNING_KEY -> settings.signingKey();
    };
  }
}
