package uk.usbguard.cli.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.registry.RegisterSettings;

/** Whose register it is and what its rules are. */
public record OrganisationReport(
    String action,
    String name,
    String serviceDesk,
    String governance,
    List<String> governancePeople,
    String agreement,
    int warnDays,
    int readOnlyDays,
    int lockDays,
    boolean assetReferenceNeeded,
    @Nullable String signingKey)
    implements Report {

  /** What was decided. */
  public static OrganisationReport of(String action, RegisterSettings settings) {
    return new OrganisationReport(
        action,
        settings.organisation().name(),
        settings.organisation().serviceDesk(),
        settings.organisation().governance(),
        settings.governancePeople(),
        settings.agreementVersion(),
        settings.checkIn().warnDays(),
        settings.checkIn().readOnlyDays(),
        settings.checkIn().lockDays(),
        settings.assetReferenceNeeded(),
        settings.signingKey().isEmpty() ? null : settings.signingKey());
  }

  @Override
  public String type() {
    return "org-" + action;
  }

  @Override
  public void print(Page page) {
    page.line("org.name", Printable.name(name));
    page.line("org.service-desk", Printable.name(serviceDesk));
    page.line("org.governance", Printable.name(governance));
    page.line("org.people", Printable.name(String.join(", ", governancePeople)));
    page.line("org.agreement", Printable.name(agreement));
    page.line("org.days", warnDays, readOnlyDays, lockDays);
    if (signingKey != null) {
      page.line("org.signing-key", Printable.name(signingKey));
    }
  }
}
