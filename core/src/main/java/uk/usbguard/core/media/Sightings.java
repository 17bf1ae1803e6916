package uk.usbguard.core.media;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.media.Evidence.Sighting;
import uk.usbguard.core.media.Evidence.Soundness;

/** Collects what the probes see in one region. */
final class Sightings {

  private final long base;
  private final Map<Sighting, Optional<Payload>> seen = new LinkedHashMap<>();

  /** Takes where the region starts on the medium. */
  Sightings(long base) {
    this.base = base;
  }

  void sound(Format format, long offset) {
    add(format, offset, Soundness.SOUND, List.of());
  }

  void damaged(Format format, long offset) {
    add(format, offset, Soundness.DAMAGED, List.of(Reason.STRUCTURE_INVALID));
  }

  /** Sound if the condition holds, else damaged. */
  void judged(Format format, long offset, boolean holds) {
    if (holds) {
      sound(format, offset);
    } else {
      damaged(format, offset);
    }
  }

  void remains(Format format, long offset) {
    add(format, offset, Soundness.REMAINS, List.of(Reason.REMAINS));
  }

  /** A container; with doubts it is not sound. */
  void container(
      Format format,
      long offset,
      List<Reason> doubts,
      Optional<Payload> payload,
      Optional<ContainerFingerprint> fingerprint) {
    boolean broken = doubts.contains(Reason.STRUCTURE_INVALID);
    Soundness soundness = broken ? Soundness.DAMAGED : Soundness.SOUND;
    seen.putIfAbsent(new Sighting(format, base + offset, soundness, doubts, fingerprint), payload);
  }

  private void add(Format format, long offset, Soundness soundness, List<Reason> doubts) {
    seen.putIfAbsent(Sighting.of(format, base + offset, soundness, doubts), Optional.empty());
  }

  /** All; spare copies only of what is not there itself. */
  List<Sighting> all() {
    return seen.keySet().stream().filter(s -> !isSpareOfSound(s)).toList();
  }

  private boolean isSpareOfSound(Sighting spare) {
    return spare.soundness() == Soundness.REMAINS
        && seen.keySet().stream()
            .anyMatch(s -> s.format() == spare.format() && s.soundness() == Soundness.SOUND);
  }

  List<Sighting> of(Format.Kind kind) {
    return all().stream().filter(s -> s.format().kind() == kind).toList();
  }

  boolean has(Format.Kind kind, Soundness soundness) {
    return of(kind).stream().anyMatch(s -> s.soundness() == soundness);
  }

  Optional<Payload> payload(Sighting container) {
    return seen.getOrDefault(container, Optional.empty());
  }

  boolean isEmpty() {
    return seen.isEmpty();
  }
}
