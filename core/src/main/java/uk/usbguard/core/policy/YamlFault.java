package uk.usbguard.core.policy;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import uk.usbguard.core.policy.PolicyProblem.Kind;

/**
 * What the YAML library found, as a kind of problem: its own words are for programmers, and in
 * English only. What they do not tell apart is {@link Kind#SYNTAX}.
 *
 * @param mark where a person has to look: where it begins, if it does not end
 */
record YamlFault(Kind kind, Optional<Mark> mark) {

  /** Part of what the library says, and what it means; the first that fits counts. */
  private record Phrase(String part, Kind kind, boolean fromTheBeginning) {}

  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("\\t", Kind.TAB, false),
          new Phrase("found unexpected end of stream", Kind.UNCLOSED_QUOTE, true),
          new Phrase("parsing a flow", Kind.UNCLOSED_BRACKET, true),
          new Phrase("mapping values are not allowed", Kind.MISPLACED_COLON, false),
          new Phrase("could not find expected ':'", Kind.MISSING_COLON, true),
          new Phrase("expected <block end>", Kind.INDENTATION, false));

  private static final Phrase ANY = new Phrase("", Kind.SYNTAX, false);

  static YamlFault of(MarkedYamlEngineException fault) {
    String said = fault.getProblem() + " " + fault.getContext();
    Phrase phrase =
        PHRASES.stream().filter(one -> said.contains(one.part())).findFirst().orElse(ANY);
    Optional<Mark> found = fault.getProblemMark();
    return new YamlFault(
        phrase.kind(), phrase.fromTheBeginning() ? fault.getContextMark().or(() -> found) : found);
  }
}
