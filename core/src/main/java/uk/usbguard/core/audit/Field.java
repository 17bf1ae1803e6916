package uk.usbguard.core.audit;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an entry can say, in the order in which it is written. The signature stands last. */
enum Field {
  SEQ("seq", true),
  TIME("time", false),
  KIND("kind", false),
  VERSION("version", true),
  LOG("log", false),
  FILE("file", true),
  CHECKPOINT_EVERY("checkpointEvery", true),
  KEY("key", false),
  ACTION("action", false),
  RESULT("result", false),
  HOST("host", false),
  USER("user", false),
  ACTOR("actor", false),
  SUBJECT("subject", false),
  ID("id", false),
  NAME("name", false),
  DEVICE("device", false),
  DEVICE_NAME("deviceName", false),
  REASON("reason", false),
  POLICY("policy", false),
  EFFECT("effect", false),
  RULE("rule", false),
  DECISION("decision", false),
  BEGUN("begun", true),
  CLOCK_BACK("clockBackMillis", true),
  TORN_BYTES("tornBytes", true),
  TORN_SHA256("tornSha256", false),
  REMEMBERED("remembered", false),
  CAUSE("cause", false),
  SIGNATURE("signature", false);

  private static final Map<String, Field> BY_LABEL =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Field::label, Function.identity()));

  private final String label;
  private final boolean number;

  Field(String label, boolean number) {
    this.label = label;
    this.number = number;
  }

  String label() {
    return label;
  }

  /** Whether its value is a whole number that is not negative. */
  boolean isNumber() {
    return number;
  }

  static Map<String, Field> byLabel() {
    return BY_LABEL;
  }
}
