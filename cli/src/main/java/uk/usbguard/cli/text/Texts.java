package uk.usbguard.cli.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All sentences of the command line, in the user's language where there is one. Read on first use.
 */
public final class Texts {

  private static final String BUNDLE = "uk.usbguard.cli.messages";

  private final Locale locale;
  private final Supplier<ZoneId> zone;
  private @Nullable ResourceBundle bundle;

  /** Takes how the user writes times and numbers. */
  public Texts(Locale locale, ZoneId zone) {
    this(locale, () -> zone);
  }

  /** Asks for the zone when the first time is written: finding it out reads all zones there are. */
  public Texts(Locale locale, Supplier<ZoneId> zone) {
    this.locale = locale;
    this.zone = zone;
  }

  /**
   * How a user writes times and numbers who has said so, and as the NHS does who has not: plain
   * "English", as servers have it, would be written as in the United States.
   */
  public static Locale conventions(Locale said) {
    boolean plainEnglish = said.getLanguage().equals("en") && said.getCountry().isEmpty();
    return plainEnglish ? Locale.UK : said;
  }

  /** The bundle itself, for the help texts. */
  public synchronized ResourceBundle bundle() {
    ResourceBundle loaded = bundle;
    if (loaded == null) {
      loaded =
          ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader(), new Languages());
      bundle = loaded;
    }
    return loaded;
  }

  /** The user's language, for texts that other modules bring. */
  public Locale locale() {
    return locale;
  }

  /** Where the user's days begin. */
  public ZoneId zone() {
    return zone.get();
  }

  /** Whether there is a sentence of this name. */
  public boolean has(String key) {
    return bundle().containsKey(key);
  }

  /**
   * The sentence with {0}, {1}, ... replaced. Facts are put in as they are: show names with {@link
   * Printable}.
   */
  public String get(String key, Object... facts) {
    String pattern = bundle().getString(key);
    if (facts.length == 0) {
      return pattern;
    }
    StringBuilder sentence = new StringBuilder(pattern.length() + 32);
    int from = 0;
    int open = pattern.indexOf('{');
    while (open >= 0) {
      int close = pattern.indexOf('}', open);
      int fact = factNumber(pattern, open, close);
      if (fact >= 0 && fact < facts.length) {
        sentence.append(pattern, from, open).append(shown(facts[fact]));
        from = close + 1;
      }
      open = pattern.indexOf('{', open + 1);
    }
    return sentence.append(pattern, from, pattern.length()).toString();
  }

  /** "1 file", "3 files": the noun's forms stand under count.NOUN.one and count.NOUN.many. */
  public String count(String noun, long number) {
    return get("count." + noun + (number == 1 ? ".one" : ".many"), number(number));
  }

  /** A number with the separators of the locale. */
  public String number(long number) {
    return String.format(locale, "%,d", number);
  }

  /** Bytes in the unit that leaves one to four digits. */
  public String size(long bytes) {
    return Sizes.format(bytes, locale);
  }

  /** Date and time as the user writes them. */
  public String time(Instant time) {
    return new DateTimeFormatterBuilder()
        .appendLocalized(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .toFormatter(locale)
        .withChronology(IsoChronology.INSTANCE)
        .withZone(zone())
        .format(time);
  }

  /** A day as the user writes it. */
  public String date(LocalDate day) {
    return date(day.atStartOfDay(zone()).toInstant());
  }

  /** The date only. */
  public String date(Instant time) {
    return new DateTimeFormatterBuilder()
        .appendLocalized(FormatStyle.LONG, null)
        .toFormatter(locale)
        .withChronology(IsoChronology.INSTANCE)
        .withZone(zone())
        .format(time);
  }

  private Object shown(Object fact) {
    return fact instanceof Quantity quantity ? quantity.in(this) : fact;
  }

  private static int factNumber(String pattern, int open, int close) {
    if (close != open + 2) {
      return -1;
    }
    int digit = pattern.charAt(open + 1) - '0';
    return digit >= 0 && digit <= 9 ? digit : -1;
  }
}
