package uk.usbguard.cli.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.registry.Decision;
import uk.usbguard.core.registry.RegisterSettings;
import uk.usbguard.core.registry.Setting;
import uk.usbguard.core.registry.SettingChange;

/**
 * Whose register it is and what its rules are.
 *
 * @param changes what is different now; null unless it was decided before
 * @param history what was decided anew, the newest first; null unless it was asked for
 */
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
    @Nullable String signingKey,
    @Nullable List<Changed> changes,
    @Nullable List<Decision> history)
    implements Report {

  /** What is different now. */
  public record Changed(String setting, String from, String to) {}

  /** What was decided just now. */
  public static OrganisationReport decided(
      RegisterSettings before, List<SettingChange> changes, RegisterSettings now) {
    return of(
        "init",
        now,
        before.isDecided()
            ? changes.stream()
                .map(one -> new Changed(one.setting().label(), one.from(), one.to()))
                .toList()
            : null,
        null);
  }

  /** What is decided, and what was before. */
  public static OrganisationReport shown(RegisterSettings settings, List<Decision> history) {
    return of("show", settings, null, history);
  }

  private static OrganisationReport of(
      String action,
      RegisterSettings settings,
      @Nullable List<Changed> changes,
      @Nullable List<Decision> history) {
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
        settings.signingKey().isEmpty() ? null : settings.signingKey(),
        changes,
        history);
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
    page.line("org.people", Printable.name(String.join("; ", governancePeople)));
    page.line("org.agreement", Printable.name(agreement));
    page.line("org.days", warnDays, readOnlyDays, lockDays);
    if (signingKey != null) {
      page.line("org.signing-key", Printable.name(signingKey));
    }
    if (changes != null && changes.isEmpty()) {
      page.line("org.unchanged");
    }
    if (history != null) {
      history.forEach(one -> print(page, one));
    }
  }

  private static void print(Page page, Decision one) {
    var texts = page.texts();
    page.line(
        "org.history",
        texts.time(one.at()),
        Printable.name(one.actor()),
        texts.get("org.setting." + one.setting()),
        inWords(texts, one.setting(), one.from()),
        inWords(texts, one.setting(), one.to()),
        Printable.name(one.reason()));
  }

  /** What was decided, for people. */
  public static String inWords(Texts texts, String setting, String value) {
    if (value.isEmpty()) {
      return texts.get("org.nothing");
    }
    return setting.equals(Setting.ASSET_REFERENCE_NEEDED.label())
        ? texts.get(Boolean.parseBoolean(value) ? "yes.word" : "no.word")
        : Printable.name(value);
  }
}
