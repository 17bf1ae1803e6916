package uk.usbguard.core.policy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.PolicyProblem.Position;

/**
 * Reads the part of YAML that a policy needs, and refuses the rest: no anchors and aliases, no
 * tags, no directives, one document, a capped depth. It builds plain values only, never objects.
 */
final class YamlReader {

  /** Ten times what 50,000 devices need. */
  static final int LARGEST = 16 * 1024 * 1024;

  static final int DEEPEST = 8;

  private final Iterator<Event> events;
  private Position last = new Position(1, 1);

  private YamlReader(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel("policy").setCodePointLimit(LARGEST).build();
    events = new Parse(settings).parseString(text).iterator();
  }

  /** The one document of the file. */
  static YamlNode read(byte[] file) throws InvalidPolicyException {
    String text = PlainText.of(file);
    try {
      return new YamlReader(text).document();
    } catch (MarkedYamlEngineException e) {
      YamlFault fault = YamlFault.of(e);
      throw refused(fault.mark().map(YamlReader::position).orElse(Position.FILE), fault.kind());
    } catch (YamlEngineException e) {
      throw refused(Position.FILE, Kind.SYNTAX);
    }
  }

  static InvalidPolicyException refused(Position at, Kind kind, String... facts) {
    return new InvalidPolicyException(List.of(PolicyProblem.of(at, kind, facts)));
  }

  private YamlNode document() throws InvalidPolicyException {
    next(); // start of the stream
    Event start = next();
    if (!(start instanceof DocumentStartEvent document)) {
      throw refused(Position.FILE, Kind.EMPTY);
    }
    if (document.getSpecVersion().isPresent() || !document.getTags().isEmpty()) {
      throw refused(last, Kind.TAG);
    }
    YamlNode node = node(next(), 1);
    next(); // end of the document
    if (next().getEventId() != ID.StreamEnd) {
      throw refused(last, Kind.SECOND_DOCUMENT);
    }
    return node;
  }

  private YamlNode node(Event event, int depth) throws InvalidPolicyException {
    Position at = last;
    if (depth > DEEPEST) {
      throw refused(at, Kind.TOO_DEEP, String.valueOf(DEEPEST));
    }
    if (event instanceof AliasEvent) {
      throw refused(at, Kind.ANCHOR);
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refused(at, Kind.ANCHOR);
    }
    if (event instanceof ScalarEvent scalar) {
      untagged(scalar.getTag(), at);
      OptionalInt deceiving = PlainText.deceiving(scalar.getValue());
      if (deceiving.isPresent()) {
        throw refused(at, Kind.CONTROL_CHARACTER, PlainText.named(deceiving.getAsInt()));
      }
      return new YamlNode.Scalar(
          at, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }
    if (event instanceof SequenceStartEvent sequence) {
      untagged(sequence.getTag(), at);
      return new YamlNode.Sequence(at, items(depth));
    }
    MappingStartEvent mapping = (MappingStartEvent) event;
    untagged(mapping.getTag(), at);
    return new YamlNode.Mapping(at, entries(depth));
  }

  private List<YamlNode> items(int depth) throws InvalidPolicyException {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = next(); event.getEventId() != ID.SequenceEnd; event = next()) {
      items.add(node(event, depth + 1));
    }
    return items;
  }

  private Map<String, YamlNode.Entry> entries(int depth) throws InvalidPolicyException {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (Event event = next(); event.getEventId() != ID.MappingEnd; event = next()) {
      Position at = last;
      if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
        throw refused(at, Kind.WRONG_TYPE, "text");
      }
      var entry = new YamlNode.Entry(at, node(next(), depth + 1));
      if (entries.put(key.text(), entry) != null) {
        throw refused(at, Kind.DUPLICATE_KEY, key.text());
      }
    }
    return entries;
  }

  private static void untagged(Optional<String> tag, Position at) throws InvalidPolicyException {
    if (tag.isPresent()) {
      throw refused(at, Kind.TAG);
    }
  }

  private Event next() {
    Event event = events.next();
    last = event.getStartMark().map(YamlReader::position).orElse(last);
    return event;
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
