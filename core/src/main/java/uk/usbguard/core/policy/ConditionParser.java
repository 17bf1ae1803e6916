package uk.usbguard.core.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.policy.InterfaceCondition.Mask;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.YamlNode.Scalar;

/** Reads what stands under {@code when}. */
@SuppressWarnings("EnumOrdinal") // a bit for each value: nothing outlives the process
final class ConditionParser {

  static final int MOST_NAMES = 200_000;

  private static final Set<Trait> BY_WORDS =
      EnumSet.complementOf(EnumSet.of(Trait.IDENTITY, Trait.CHECK_IN));
  private static final Map<String, Integer> LEVELS = levels();
  private static final Map<String, Integer> DAYS = days();

  private final AgeScale scale;

  ConditionParser(AgeScale scale) {
    this.scale = scale;
  }

  Condition anything() {
    return new Condition(Box.all(scale), Map.of(), null, null);
  }

  Condition parse(Fields fields) {
    Box box = Box.all(scale);
    for (Trait trait : BY_WORDS) {
      if (fields.has(trait.key())) {
        box = box.with(trait, Words.bits(fields, trait.key(), trait.words()));
      }
    }
    Optional<Fields> identity = fields.mapping(Trait.IDENTITY.key());
    if (identity.isPresent()) {
      box = box.with(Trait.IDENTITY, identity(identity.get()));
    }
    Optional<Fields> age = fields.mapping(Trait.CHECK_IN.key());
    if (age.isPresent()) {
      box = box.with(Trait.CHECK_IN, age(age.get()));
    }
    Map<NameField, Names> names = new EnumMap<>(NameField.class);
    for (NameField field : NameField.values()) {
      if (fields.has(field.key())) {
        names.put(field, names(fields, field));
      }
    }
    InterfaceCondition interfaces =
        fields.mapping("interfaces").map(ConditionParser::interfaces).orElse(null);
    TimeWindow time = fields.mapping("time").map(ConditionParser::time).orElse(null);
    fields.finish();
    return new Condition(box, names, interfaces, time);
  }

  /** The length of time that a limit names, without noting a problem. */
  static Optional<Duration> duration(String text) {
    if (!text.matches("[0-9]{1,9}[dhms]")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return Optional.of(
        switch (text.charAt(text.length() - 1)) {
          case 'd' -> Duration.ofDays(number);
          case 'h' -> Duration.ofHours(number);
          case 'm' -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        });
  }

  private static long identity(Fields fields) {
    long atLeast = level(fields, "at-least").map(bit -> -1L << bit).orElse(-1L);
    long below = level(fields, "below").map(bit -> (1L << bit) - 1).orElse(-1L);
    fields.finish();
    return atLeast & below;
  }

  private static Optional<Integer> level(Fields fields, String key) {
    String text = fields.optionalText(key, 8);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Integer level = LEVELS.get(text);
    if (level == null) {
      String known = String.join(", ", LEVELS.keySet());
      fields.problem(fields.at(key), Kind.UNKNOWN_WORD, text, known);
    }
    return Optional.ofNullable(level);
  }

  private long age(Fields fields) {
    Optional<Duration> over = limit(fields, "over");
    Optional<Duration> upTo = limit(fields, "up-to");
    fields.finish();
    return scale.between(over, upTo);
  }

  private static Optional<Duration> limit(Fields fields, String key) {
    String text = fields.optionalText(key, 8);
    Optional<Duration> limit = duration(text);
    if (limit.isEmpty() && !text.isEmpty()) {
      fields.problem(fields.at(key), Kind.BAD_VALUE, text, "7d, 36h, 90m");
    }
    return limit;
  }

  private static Names names(Fields fields, NameField field) {
    List<Names.Pattern> patterns = new ArrayList<>();
    for (Scalar one : fields.texts(field.key(), MOST_NAMES)) {
      Optional<Names.Pattern> pattern = field.pattern(one.text());
      pattern.ifPresent(patterns::add);
      if (pattern.isEmpty()) {
        fields.problem(one.at(), Kind.BAD_VALUE, one.text(), example(field));
      }
    }
    return new Names(patterns);
  }

  private static String example(NameField field) {
    return switch (field) {
      case DEVICE -> "0951:1666:SERIAL, 0951:1666, 0951:*";
      case EXEMPTION -> "override, unencrypted, personal";
      default -> "NAME, BEGINNING*";
    };
  }

  private static InterfaceCondition interfaces(Fields fields) {
    var condition =
        new InterfaceCondition(
            masks(fields, "any-of"), masks(fields, "only"), masks(fields, "none-of"));
    fields.finish();
    return condition;
  }

  private static List<Mask> masks(Fields fields, String key) {
    List<Mask> masks = new ArrayList<>();
    for (Scalar one : fields.texts(key, 256)) {
      Optional<Mask> mask = Mask.parse(one.text());
      mask.ifPresent(masks::add);
      if (mask.isEmpty()) {
        fields.problem(one.at(), Kind.BAD_VALUE, one.text(), "08/06/50, 08/06/*, 08/*/*");
      }
    }
    return masks;
  }

  private static @Nullable TimeWindow time(Fields fields) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    long bits = fields.has("days") ? Words.bits(fields, "days", DAYS) : -1L;
    for (DayOfWeek day : DayOfWeek.values()) {
      if ((bits & 1L << day.ordinal()) != 0) {
        days.add(day);
      }
    }
    Optional<LocalTime> from = clock(fields, "from");
    Optional<LocalTime> until = clock(fields, "until");
    Optional<ZoneId> zone = zone(fields);
    fields.finish();
    if (from.isEmpty() || until.isEmpty() || zone.isEmpty()) {
      return null; // a problem was noted
    }
    return new TimeWindow(days, from.get(), until.get(), zone.get());
  }

  private static Optional<LocalTime> clock(Fields fields, String key) {
    String text = fields.text(key, 8);
    try {
      if (text.matches("[0-9]{2}:[0-9]{2}")) {
        return Optional.of(LocalTime.parse(text));
      }
    } catch (DateTimeException e) {
      // as if it had another form
    }
    if (fields.has(key)) {
      fields.problem(fields.at(key), Kind.BAD_VALUE, text, "08:00");
    }
    return Optional.empty();
  }

  private static Optional<ZoneId> zone(Fields fields) {
    String text = fields.text("zone", 64);
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      if (fields.has("zone")) {
        fields.problem(fields.at("zone"), Kind.BAD_VALUE, text, "Europe/London");
      }
      return Optional.empty();
    }
  }

  private static Map<String, Integer> levels() {
    Map<String, Integer> levels = new LinkedHashMap<>();
    for (IdentityLevel level : IdentityLevel.values()) {
      levels.put(level.label(), level.ordinal());
    }
    return levels;
  }

  private static Map<String, Integer> days() {
    Map<String, Integer> days = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      days.put(Labels.of(day), day.ordinal());
    }
    return days;
  }
}
