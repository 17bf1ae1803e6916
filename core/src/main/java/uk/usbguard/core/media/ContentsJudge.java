package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.usbguard.core.media.Evidence.Listing;
import uk.usbguard.core.media.Evidence.Sample;
import uk.usbguard.core.media.Evidence.Sighting;

/**
 * Decides whether a file system that anybody can mount holds nothing but our containers. Reads the
 * root and the folders of known companions; content that is in use by no file is not looked at.
 */
final class ContentsJudge {

  private static final Pattern CONTAINER = Pattern.compile(".+\\.ugc");
  private static final Pattern SEGMENT = Pattern.compile("(.+\\.ugc)\\.([0-9]{3})");

  private final Sampler sampler;
  private final List<Evidence> evidence = new ArrayList<>();
  private final Set<Reason> reasons = new LinkedHashSet<>();

  /** By what is in them, not by name: a name can stand twice, or for a folder. */
  private final Set<Node> ours = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The ids of the containers of a name in small letters. */
  private final Map<String, Set<String>> ids = new HashMap<>();

  ContentsJudge(Sampler sampler) {
    this.sampler = sampler;
  }

  /** Whether there is a container and nothing else. Evidence and reasons tell more. */
  boolean holdsOnlyContainers(Folder root) throws ReadFailedException {
    for (Node node : root.nodes()) {
      if (isContainer(node)) {
        ours.add(node);
      }
    }
    int containers = ours.size();
    int companions = 0;
    int others = 0;
    for (Node node : root.nodes()) {
      boolean isOurs = ours.contains(node) || isSegment(node);
      if (!isOurs && Companions.isOne(node)) {
        companions++;
      } else if (!isOurs) {
        others++;
      }
    }
    evidence.add(new Listing(containers, companions, others, root.deleted()));
    if (!root.complete()) {
      reasons.add(Reason.LISTING_INCOMPLETE);
    }
    if (others > 0) {
      reasons.add(containers > 0 ? Reason.OTHER_FILES : Reason.PLAIN_FILES);
    }
    return containers > 0 && reasons.isEmpty();
  }

  List<Evidence> evidence() {
    return evidence;
  }

  Set<Reason> reasons() {
    return reasons;
  }

  private static String nameOf(Node node) {
    return node.name().toLowerCase(Locale.ROOT);
  }

  private boolean isContainer(Node node) throws ReadFailedException {
    if (node.isFolder() || !CONTAINER.matcher(nameOf(node)).matches()) {
      return false;
    }
    Sightings found = new Sightings(node.content().start());
    new UsbguardProbe().look(node.content(), found);
    List<Sighting> containers = found.of(Format.Kind.CONTAINER);
    evidence.addAll(containers);
    if (containers.size() != 1 || !containers.get(0).doubts().isEmpty()) {
      return false;
    }
    Span data = found.payload(containers.get(0)).map(Payload::ciphertext).orElse(new Span(0, 0));
    if (!isSealed(node.content(), data)) {
      return false;
    }
    Block keyArea = node.content().at(0, UsbguardProbe.KEY_AREA);
    ids.computeIfAbsent(nameOf(node), name -> new HashSet<>()).add(UsbguardProbe.id(keyArea));
    return true;
  }

  private boolean isSegment(Node node) throws ReadFailedException {
    Matcher name = SEGMENT.matcher(nameOf(node));
    if (node.isFolder() || !name.matches() || !ids.containsKey(name.group(1))) {
      return false;
    }
    Region content = node.content();
    Block start = content.at(0, UsbguardProbe.SEGMENT_HEADER);
    int number = Integer.parseInt(name.group(2));
    return ids.get(name.group(1)).stream()
            .anyMatch(id -> UsbguardProbe.isSegment(start, number, id))
        && isSealed(content, new Span(4096, Math.max(4096, content.length())));
  }

  private boolean isSealed(Region content, Span data) throws ReadFailedException {
    Sample sample = sampler.sample(content, data, List.of(), Payload.Looks.BATCHES);
    evidence.add(sample);
    if (sample.structured() > 0) {
      reasons.add(Reason.PAYLOAD_STRUCTURED);
    }
    return sample.structured() == 0;
  }
}
