package uk.usbguard.core.evidence;

import java.util.List;

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
}
