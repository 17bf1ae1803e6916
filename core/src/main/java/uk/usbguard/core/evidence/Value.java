package uk.usbguard.core.evidence;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A fact of a report. */
public sealed interface Value {

  /** What is done with each kind. */
  interface Match<T> {
    /** As somebody, or a device, wrote it: any character can be in it. */
    T text(String text);

    /** A number. */
    T number(long number);

    /** So many of so many. */
    T share(long part, long whole);

    /** A day. */
    T day(LocalDate day);

    /** A moment. */
    T moment(Instant moment);

    /** One of a closed set: a label like {@code issued} of a kind like {@code state}. */
    T word(String kind, String label);

    /** There is none. */
    T nothing();
  }

  /** Gives it to what is done with its kind. */
  <T> T match(Match<T> match);

  /** A text; nothing if it is empty. */
  static Value text(String text) {
    return text.isEmpty() ? new Nothing() : new Text(text);
  }

  /** A number. */
  static Value number(long number) {
    return new Count(number);
  }

  /** A day, if there is one. */
  static Value day(@Nullable LocalDate day) {
    return day == null ? new Nothing() : new Day(day);
  }

  /** A moment, if there is one. */
  static Value moment(@Nullable Instant moment) {
    return moment == null ? new Nothing() : new Moment(moment);
  }

  /** A word. */
  static Value word(String kind, String label) {
    return new Word(kind, label);
  }

  /** See {@link Match#text}. */
  record Text(String text) implements Value {
    @Override
    public <T> T match(Match<T> match) {
      return match.text(text);
    }
  }

  /** See {@link Match#number}. */
  record Count(long number) implements Value {
    @Override
    public <T> T match(Match<T> match) {
      return match.number(number);
    }
  }

  /** See {@link Match#share}. */
  record Share(long part, long whole) implements Value {

    /** Refuses more than there is. */
    public Share {
      if (part < 0 || part > whole) {
        throw new IllegalArgumentException(part + " of " + whole);
      }
    }

    @Override
    public <T> T match(Match<T> match) {
      return match.share(part, whole);
    }
  }

  /** See {@link Match#day}. */
  record Day(LocalDate day) implements Value {
    @Override
    public <T> T match(Match<T> match) {
      return match.day(day);
    }
  }

  /** See {@link Match#moment}. */
  record Moment(Instant moment) implements Value {
    @Override
    public <T> T match(Match<T> match) {
      return match.moment(moment);
    }
  }

  /** See {@link Match#word}. */
  record Word(String kind, String label) implements Value {
    @Override
    public <T> T match(Match<T> match) {
      return match.word(kind, label);
    }
  }

  /** See {@link Match#nothing}. */
  record Nothing() implements Value {
    @Override
    public <T> T match(Match<T> match) {
      return match.nothing();
    }
  }
}
