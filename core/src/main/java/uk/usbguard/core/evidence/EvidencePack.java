package uk.usbguard.core.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A report: facts of one moment, and where they come from. */
public record EvidencePack(ReportKind kind, Provenance provenance, List<Section> sections) {

  /** Copies the list. */
  public EvidencePack {
    sections = List.copyOf(sections);
  }

  /** The section of this kind, which has to be part of the report. */
  public Section section(SectionKind wanted) {
    return sections.stream()
        .filter(section -> section.kind() == wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(wanted.label()));
  }

  /** What a reader wants to know first, if there is more than one section. */
  public List<Figure> headlines() {
    if (sections.size() == 1) {
      return List.of();
    }
    return Stream.of(
            of(SectionKind.ENCRYPTION, "with-staff-encrypted"),
            of(SectionKind.ENCRYPTION, "with-staff-unproven"),
            of(SectionKind.ENCRYPTION, "exceptions-in-force"),
            of(SectionKind.INCIDENTS, "lost-now"),
            of(SectionKind.INCIDENTS, "lost-unproven"),
            of(SectionKind.LEAVERS, "leavers-drives"),
            of(SectionKind.OVERDUE, "overdue-drives"),
            of(SectionKind.ADMIN_LOG, "log"),
            of(SectionKind.OVERDUE, "policy-review"))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Figure> of(SectionKind kind, String name) {
    return section(kind).figure(name).map(value -> new Figure(name, value));
  }
}
