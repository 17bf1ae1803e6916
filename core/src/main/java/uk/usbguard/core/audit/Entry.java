package uk.usbguard.core.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one line of the log says. Immutable. */
final class Entry {

  private final long number;
  private final Instant time;
  private final EntryKind kind;
  private final Map<Field, String> fields;

  private Entry(long number, Instant time, EntryKind kind, Map<Field, String> fields) {
    this.number = number;
    this.time = time;
    this.kind = kind;
    this.fields = fields;
  }

  /** Nothing if the fields are not those of an entry: a number, a time, a kind. */
  static Optional<Entry> of(Map<Field, String> fields) {
    @Nullable String number = fields.get(Field.SEQ);
    @Nullable String time = fields.get(Field.TIME);
    Optional<EntryKind> kind = Optional.ofNullable(fields.get(Field.KIND)).flatMap(EntryKind::of);
    if (number == null || time == null || kind.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant instant = Instant.parse(time);
      return text(instant).equals(time)
          ? Optional.of(new Entry(Long.parseLong(number), instant, kind.get(), fields))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Milliseconds always, so that a time has one form. */
  private static String text(Instant time) {
    String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
    if (text.length() == "2026-11-24T06:00:00Z".length()) {
      return text.replace("Z", ".000Z");
    }
    return text;
  }

  long number() {
    return number;
  }

  Instant time() {
    return time;
  }

  EntryKind kind() {
    return kind;
  }

  Map<Field, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  Optional<String> get(Field field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** A number, or -1 if the entry has none there. */
  long number(Field field) {
    @Nullable String value = fields.get(field);
    return value == null ? -1 : Long.parseLong(value);
  }

  /** Puts an entry together. */
  static final class Builder {
    private final Map<Field, String> fields = new EnumMap<>(Field.class);

    Builder(long number, Instant time, EntryKind kind) {
      fields.put(Field.SEQ, Long.toString(number));
      fields.put(Field.TIME, text(time));
      fields.put(Field.KIND, kind.id());
    }

    Builder put(Field field, @Nullable String value) {
      if (value != null) {
        fields.put(field, value);
      }
      return this;
    }

    Builder put(Field field, long value) {
      return put(field, Long.toString(value));
    }

    Entry build() {
      return Entry.of(new EnumMap<>(fields)).orElseThrow();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry entry && fields.equals(entry.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fields);
  }

  @Override
  public String toString() {
    return "Entry " + number + " " + kind;
  }
}
