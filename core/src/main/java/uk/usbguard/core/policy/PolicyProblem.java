package uk.usbguard.core.policy;

import java.util.List;

/**
 * One thing that is wrong with a policy file.
 *
 * @param line from 1; 0 if it is about the file as a whole
 * @param column from 1
 * @param facts what the sentence of {@link PolicyText} names
 */
public record PolicyProblem(int line, int column, Kind kind, List<String> facts) {

  /** What is wrong. Each has a sentence in the bundle, under its label. */
  public enum Kind {
    /** Nothing in it. */
    EMPTY,
    /** More bytes than a policy may have. */
    TOO_LARGE,
    /** Not UTF-8. */
    NOT_UTF8,
    /** A character that steers a terminal or turns the reading direction. */
    CONTROL_CHARACTER,
    /** Not YAML. */
    SYNTAX,
    /** Not YAML: indented with a tab. */
    TAB,
    /** Not YAML: a quoted text does not end. */
    UNCLOSED_QUOTE,
    /** Not YAML: a list or mapping in brackets does not end, or lacks a comma. */
    UNCLOSED_BRACKET,
    /** Not YAML: indented differently from what it belongs to. */
    INDENTATION,
    /** Not YAML: a colon where none may be. */
    MISPLACED_COLON,
    /** Not YAML: a key has no colon behind it. */
    MISSING_COLON,
    /** A second document. */
    SECOND_DOCUMENT,
    /** Anchors and aliases can grow without bound. */
    ANCHOR,
    /** Tags can make objects. */
    TAG,
    /** Nested more deeply than a policy is. */
    TOO_DEEP,
    /** A key stands twice. */
    DUPLICATE_KEY,
    /** A value stands twice in a list. */
    DUPLICATE_VALUE,
    /** Two rules with one id. */
    DUPLICATE_RULE,
    /** A key that is not known here. */
    UNKNOWN_KEY,
    /** A key is missing. */
    MISSING_KEY,
    /** Text, number, list or mapping where another is needed. */
    WRONG_TYPE,
    /** A word that is not among those that may stand here. */
    UNKNOWN_WORD,
    /** A value that is no such thing. */
    BAD_VALUE,
    /** Longer than it may be, or more of them. */
    TOO_MANY,
    /** A list or a condition without anything in it. */
    NOTHING_IN_IT,
    /** Earlier rules take everything that this one would match. */
    SHADOWED,
    /** No device can have all that this rule asks for. */
    CONTRADICTION,
    /** The policy says that nothing is ever written, and the rule allows it. */
    ABOVE_CEILING,
    /** A reason that is given by the program only, or needs a text. */
    REASON;

    /** The name that reports and bundles use. */
    public String label() {
      return Labels.of(this);
    }
  }

  /** Keeps its own copy. */
  public PolicyProblem {
    facts = List.copyOf(facts);
  }

  static PolicyProblem of(Position at, Kind kind, String... facts) {
    return new PolicyProblem(at.line(), at.column(), kind, List.of(facts));
  }

  /** A place in the file; both from 1. */
  record Position(int line, int column) {
    static final Position FILE = new Position(0, 0);
  }
}
