package uk.usbguard.core.evidence;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceFilter;
import uk.usbguard.core.registry.Leaver;
import uk.usbguard.core.registry.RegisterView;
import uk.usbguard.core.registry.SampleResults;

/**
 * Collects the facts of a report. Reads the register once, page by page, and the log once, and
 * holds no more than the rows that are shown, however many drives there are. Changes nothing.
 */
public final class EvidenceCollector {

  /** So many tags are named of one identity. */
  private static final int TAGS = 5;

  private final RegisterView register;
  private final Provenance provenance;
  private final Optional<PolicyFacts> policy;
  private final Optional<LogFacts> log;

  /**
   * Takes where the facts come from.
   *
   * @param policy the one in force, if one is known
   * @param log the audit log, if there is one
   */
  public EvidenceCollector(
      RegisterView register,
      Provenance provenance,
      Optional<PolicyFacts> policy,
      Optional<LogFacts> log) {
    this.register = register;
    this.provenance = provenance;
    this.policy = policy;
    this.log = log;
  }

  /** Collects them. */
  public EvidencePack collect(ReportKind kind) throws IOException, UsbguardException {
    Map<SectionKind, Section> done = new EnumMap<>(SectionKind.class);
    if (kind.sections().contains(SectionKind.LEAVERS)) {
      done.put(SectionKind.LEAVERS, leavers(kind.rows()));
    }
    if (kind.sections().contains(SectionKind.OVERDUE)) {
      count(kind, done);
    }
    if (kind == ReportKind.EVIDENCE) {
      LogYear year =
          log.isEmpty()
              ? LogYear.none(kind.rows())
              : LogYear.of(log.get().events(), provenance, kind.rows());
      LogSections sections = new LogSections(log, year, kind.rows());
      done.put(SectionKind.ADMIN_LOG, sections.admin());
      done.put(SectionKind.WORKAROUNDS, sections.workarounds());
      done.put(SectionKind.SPOT_CHECKS, spotChecks(year, kind.rows()));
      done.put(SectionKind.POLICY, policy());
    }
    List<Section> inOrder = new ArrayList<>();
    kind.sections().forEach(section -> inOrder.add(done.get(section)));
    return new EvidencePack(kind, provenance, inOrder);
  }

  /** Everything for which each entry has to be looked at. */
  private void count(ReportKind kind, Map<SectionKind, Section> done)
      throws IOException, UsbguardException {
    Instant now = provenance.made();
    OverdueTally overdue = new OverdueTally(register.settings(), now, kind.rows());
    if (kind != ReportKind.EVIDENCE) {
      register.each(DeviceFilter.ALL, overdue::take);
      done.put(SectionKind.OVERDUE, overdue.section(policy));
      return;
    }
    RegisterTally entries = new RegisterTally(now, kind.rows());
    EncryptionTally encryption = new EncryptionTally(now, kind.rows());
    LossTally losses = new LossTally(now, kind.rows());
    SanitisationTally sanitisation = new SanitisationTally(kind.rows());
    List<Tally> tallies = List.of(entries, encryption, losses, sanitisation, overdue);
    register.each(DeviceFilter.ALL, device -> tallies.forEach(tally -> tally.take(device)));
    Map<Action, Long> deeds = register.deeds(provenance.since());
    done.put(SectionKind.REGISTER, entries.section(sharedIdentities(kind.rows())));
    done.put(SectionKind.ENCRYPTION, encryption.section());
    done.put(SectionKind.INCIDENTS, losses.section(deeds));
    done.put(SectionKind.SANITISATION, sanitisation.section(deeds));
    done.put(SectionKind.OVERDUE, overdue.section(policy));
  }

  private Rows sharedIdentities(int most) throws UsbguardException {
    Rows rows = new Rows(most, "shared-identities", "identity", "tags", "drives");
    Optional<DeviceIdentity> after = Optional.empty();
    List<DeviceIdentity> page;
    do {
      page = register.sharedIdentities(after);
      for (DeviceIdentity identity : page) {
        Supplier<List<Value>> row = List::of;
        if (rows.total() < most) {
          List<Device> same = register.withIdentity(identity);
          String tags =
              same.stream()
                  .limit(TAGS)
                  .map(device -> device.tag().text())
                  .collect(Collectors.joining(", "));
          row =
              () ->
                  List.of(Value.text(identity.key()), Value.text(tags), Value.number(same.size()));
        }
        rows.add(row);
        after = Optional.of(identity);
      }
    } while (page.size() == RegisterView.MAX_PAGE);
    return rows;
  }

  private Section leavers(int most) throws UsbguardException {
    Rows rows =
        new Rows(
            most,
            "leavers-drives",
            "owner",
            "leaving-since",
            "tag",
            "state",
            "manager",
            "data-class");
    List<Leaver> leavers = register.leavers(RegisterView.MAX_PAGE);
    for (Leaver leaver : leavers) {
      for (Device device : leaver.outstanding()) {
        rows.add(
            Value.text(leaver.owner()),
            Value.moment(leaver.since()),
            Value.text(device.tag().text()),
            Labels.state(device),
            Value.text(device.holder().manager()),
            Labels.word(device.justification().dataClass(), "data-class"));
      }
    }
    Map<Action, Long> deeds = register.deeds(provenance.since());
    return new Section(
        SectionKind.LEAVERS,
        List.of(
            new Figure("leavers-outstanding", Value.number(leavers.size())),
            new Figure("leavers-drives", Value.number(rows.total())),
            new Figure(
                "suspended-for-leavers-in-year",
                Value.number(deeds.getOrDefault(Action.LEAVER, 0L))),
            new Figure("returned-in-year", Value.number(deeds.getOrDefault(Action.RETURN, 0L)))),
        List.of(rows.listing()),
        List.of("leavers-unknown"));
  }

  private Section spotChecks(LogYear year, int most) throws UsbguardException {
    Rows rows =
        new Rows(most, "samples", "sample", "found", "missing", "differs", "last-result", "draws");
    long checked = 0;
    long found = 0;
    for (SampleResults sample : register.spotChecks(provenance.since())) {
      checked += sample.checked();
      found += sample.found();
      rows.add(
          Value.text(sample.seed()),
          Value.number(sample.found()),
          Value.number(sample.missing()),
          Value.number(sample.differs()),
          Value.moment(sample.last()),
          log.isEmpty() ? new Value.Nothing() : Value.number(year.draws(sample.seed())));
    }
    return new Section(
        SectionKind.SPOT_CHECKS,
        List.of(
            new Figure("samples-with-results", Value.number(rows.total())),
            new Figure("checked-as-registered", new Value.Share(found, checked)),
            new Figure(
                "samples-drawn", log.isEmpty() ? new Value.Nothing() : Value.number(year.seeds()))),
        List.of(rows.listing()),
        log.isEmpty() ? List.of("audit-log") : List.of());
  }

  private Section policy() {
    if (policy.isEmpty()) {
      return new Section(
          SectionKind.POLICY,
          List.of(new Figure("policy", Value.word("policy", "none"))),
          List.of(),
          List.of("policy"));
    }
    PolicyFacts facts = policy.get();
    return new Section(
        SectionKind.POLICY,
        List.of(
            new Figure("policy", Value.word("policy", facts.source())),
            new Figure("policy-name", Value.text(facts.name())),
            new Figure("policy-version", Value.number(facts.version())),
            new Figure("policy-organisation", Value.text(facts.organisation())),
            new Figure("policy-mode", Value.word("mode", facts.mode())),
            new Figure(
                "policy-signature",
                Value.word("signature", facts.signedBy().isEmpty() ? "not-checked" : "genuine")),
            new Figure("policy-key", Value.text(facts.signedBy())),
            new Figure("policy-reviewed", Value.day(facts.lastReview())),
            new Figure("policy-reviewed-by", Value.text(facts.reviewedBy())),
            new Figure("policy-review-due", Value.day(facts.reviewDue())),
            new Figure("policy-review", Value.word("review", facts.review()))),
        List.of(),
        List.of());
  }
}
