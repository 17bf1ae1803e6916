package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.media.Evidence.Sample;
import uk.usbguard.core.media.Evidence.Sighting;
import uk.usbguard.core.media.Evidence.Soundness;
import uk.usbguard.core.media.Format.Kind;

/**
 * Judges one extent: everything that starts in it is looked for, and it counts as encrypted only if
 * exactly one container is there, sound in all its rules, and nothing speaks against it.
 */
final class ExtentExaminer {

  private static final int KEY_MATERIAL = 128 << 10;

  private final Sampler sampler;
  private final Region region;
  private final Extent extent;
  private final Sightings found;
  private final List<Evidence> more = new ArrayList<>();
  private final Set<Reason> reasons = new TreeSet<>();

  ExtentExaminer(Sampler sampler, Region region, Extent extent) {
    this.sampler = sampler;
    this.region = region;
    this.extent = extent;
    this.found = new Sightings(region.start());
  }

  /** Something that can fail for want of bytes. */
  @FunctionalInterface
  private interface Step {
    void run() throws ReadFailedException;
  }

  /** Does a step; if it cannot read, that becomes evidence and the others still run. */
  private void attempt(Step step) {
    try {
      step.run();
    } catch (ReadFailedException e) {
      reasons.add(e.reason());
      more.add(new Evidence.Unread(e.reason(), e.offset()));
    }
  }

  /** Judges it as an extent of its own. */
  ExtentFinding examine() {
    collect();
    ExtentState state = judge();
    return finding(state);
  }

  /** Judges what starts at the same place as a partition table; empty if nothing does. */
  Optional<ExtentFinding> examineUnderTable() {
    collect();
    if (found.isEmpty() && reasons.isEmpty()) {
      return Optional.empty();
    }
    if (!found.of(Kind.CONTAINER).isEmpty()) {
      reasons.add(Reason.CONTRADICTION);
    }
    boolean onlyRemains = found.all().stream().allMatch(s -> s.soundness() == Soundness.REMAINS);
    if (onlyRemains) {
      return Optional.empty(); // the spare copy in the last sectors belongs to the last partition
    }
    return Optional.of(finding(judge()));
  }

  private void collect() {
    for (Probe probe : Probes.FILE_SYSTEMS) {
      attempt(() -> probe.look(region, found));
    }
    for (Probe probe : Probes.CONTAINERS) {
      attempt(() -> probe.look(region, found));
    }
  }

  private ExtentFinding finding(ExtentState state) {
    List<Evidence> evidence = new ArrayList<>(found.all());
    evidence.addAll(more);
    return new ExtentFinding(extent, state, evidence, List.copyOf(reasons));
  }

  private ExtentState judge() {
    List<Sighting> containers = found.of(Kind.CONTAINER);
    Optional<Span> toGo = Optional.empty();
    if (isToGo(containers)) {
      toGo = toGo();
    }
    boolean readable = found.has(Kind.FILE_SYSTEM, Soundness.SOUND) && toGo.isEmpty();
    if (readable && containers.isEmpty() && isListed()) {
      return ofReasons(ExtentState.ENCRYPTED);
    }
    if (readable) {
      reasons.add(Reason.FILE_SYSTEM);
      if (!containers.isEmpty()) {
        reasons.add(Reason.CONTRADICTION);
      }
      return ExtentState.READABLE;
    }
    if (!containers.isEmpty()) {
      container(containers, toGo);
      return ofReasons(ExtentState.ENCRYPTED);
    }
    if (!found.of(Kind.STACK).isEmpty()) {
      reasons.add(Reason.STACKED_VOLUMES);
      return ofReasons(ExtentState.UNPROVEN);
    }
    return unknown();
  }

  private static boolean isToGo(List<Sighting> containers) {
    return containers.size() == 1 && containers.get(0).format() == Format.BITLOCKER_TO_GO;
  }

  /** The plain area of a To Go volume, if FAT32 at the start is all there is besides. */
  private Optional<Span> toGo() {
    List<Optional<Span>> area = new ArrayList<>();
    boolean alone =
        found.of(Kind.FILE_SYSTEM).stream()
            .allMatch(s -> s.format() == Format.FAT32 && s.offsetBytes() < region.start() + 32_768);
    if (alone) {
      attempt(() -> area.add(ToGoVolume.area(region)));
    }
    return area.stream().flatMap(Optional::stream).findFirst();
  }

  /** What the reasons make of it; the given state if there is none. */
  private ExtentState ofReasons(ExtentState without) {
    if (reasons.stream().anyMatch(r -> r.grade() == Reason.Grade.READABLE)) {
      return ExtentState.READABLE;
    }
    if (reasons.stream().anyMatch(r -> r.grade() == Reason.Grade.UNREADABLE)) {
      return ExtentState.UNREADABLE;
    }
    return reasons.isEmpty() ? without : ExtentState.UNPROVEN;
  }

  /** A FAT or exFAT file system, and nothing else, that holds only our containers. */
  private boolean isListed() {
    List<Sighting> systems =
        found.of(Kind.FILE_SYSTEM).stream().filter(s -> s.soundness() == Soundness.SOUND).toList();
    if (systems.size() != 1
        || systems.get(0).offsetBytes() != region.start()
        || !found.of(Kind.STACK).isEmpty()) {
      return false;
    }
    ContentsJudge judge = new ContentsJudge(sampler);
    List<Boolean> verdict = new ArrayList<>();
    attempt(
        () -> {
          Optional<Folder> root = root(systems.get(0).format());
          if (root.isPresent()) {
            verdict.add(judge.holdsOnlyContainers(root.get()));
          }
        });
    more.addAll(judge.evidence());
    reasons.addAll(judge.reasons());
    return verdict.contains(true) && reasons.isEmpty();
  }

  private Optional<Folder> root(Format format) throws ReadFailedException {
    Block boot = region.at(0, 512);
    if (format == Format.EXFAT) {
      Optional<ExfatVolume> volume = ExfatVolume.read(boot);
      return volume.isPresent()
          ? Optional.of(new ExfatFolders(region, volume.get()).root())
          : Optional.empty();
    }
    Optional<FatVolume> volume = FatVolume.read(boot);
    return volume.isPresent()
        ? Optional.of(new FatFolders(region, volume.get()).root())
        : Optional.empty();
  }

  private void container(List<Sighting> containers, Optional<Span> toGo) {
    containers.forEach(c -> reasons.addAll(c.doubts()));
    if (containers.size() > 1) {
      reasons.add(Reason.CONTRADICTION);
    }
    if (!found.of(Kind.STACK).isEmpty()) {
      reasons.add(Reason.STACKED_VOLUMES);
    }
    if (toGo.isEmpty()) {
      found.of(Kind.FILE_SYSTEM).forEach(s -> reasons.addAll(s.doubts()));
    }
    for (Sighting container : containers) {
      found.payload(container).ifPresent(payload -> attempt(() -> payload(payload, toGo)));
    }
  }

  private void payload(Payload payload, Optional<Span> toGo) throws ReadFailedException {
    Span cipher = payload.ciphertext();
    if (cipher.from() > 0) {
      Region inside = new Part(region, cipher);
      Sightings plain = new Sightings(inside.start());
      for (Probe probe : Probes.FILE_SYSTEMS) {
        probe.look(inside, plain);
      }
      if (plain.has(Kind.FILE_SYSTEM, Soundness.SOUND)) {
        more.addAll(plain.all());
        reasons.add(Reason.PAYLOAD_READABLE);
      }
    }
    for (Span key : payload.keyMaterial()) {
      int length = (int) Math.min(KEY_MATERIAL, key.length());
      Block material = region.at(key.from(), length);
      if (Sampler.look(material, Payload.Looks.RANDOM) != Sampler.Look.RANDOM) {
        reasons.add(Reason.KEY_MATERIAL_STRUCTURED);
      }
    }
    if (payload.looks() != Payload.Looks.MIXED) {
      List<Span> apart = new ArrayList<>(payload.apart());
      toGo.ifPresent(apart::add);
      Sample sample = sampler.sample(region, cipher, apart, payload.looks());
      more.add(sample);
      if (sample.structured() > 0) {
        reasons.add(Reason.PAYLOAD_STRUCTURED);
      }
    }
  }

  /** Nothing that is known, or only damaged signs of it. */
  private ExtentState unknown() {
    List<Sample> samples = new ArrayList<>();
    attempt(
        () ->
            samples.add(
                sampler.sample(
                    region, new Span(0, region.length()), List.of(), Payload.Looks.RANDOM)));
    more.addAll(samples);
    found.all().forEach(s -> reasons.addAll(s.doubts()));
    Sample sample = samples.isEmpty() ? new Sample(0, 0, 0, 0) : samples.get(0);
    if (sample.structured() > 0) {
      reasons.add(Reason.UNKNOWN_DATA);
    } else if (sample.random() > 0 && reasons.isEmpty()) {
      reasons.add(Reason.RANDOM_LOOKING);
      return ExtentState.OPAQUE;
    }
    return ofReasons(ExtentState.EMPTY);
  }
}
