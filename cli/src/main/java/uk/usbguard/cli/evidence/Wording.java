package uk.usbguard.cli.evidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.evidence.Listing;
import uk.usbguard.core.evidence.Provenance;
import uk.usbguard.core.evidence.ReportKind;
import uk.usbguard.core.evidence.Section;
import uk.usbguard.core.evidence.SectionKind;
import uk.usbguard.core.evidence.Value;

/** The words of a report, in British English: it goes to British auditors, whoever makes it. */
public final class Wording {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.UK);

  private final Texts texts;
  private final Shown shown = new Shown();

  /** Takes where days begin. */
  public Wording(ZoneId zone) {
    this.texts = new Texts(Locale.UK, zone);
  }

  /** A sentence about the whole. */
  String say(String key, Object... facts) {
    return texts.get("evidence." + key, facts);
  }

  /** What the report is called. */
  public String title(ReportKind kind) {
    return say("title." + kind.name().toLowerCase(Locale.ROOT));
  }

  String title(SectionKind kind) {
    return say("section." + kind.label());
  }

  /** What the section says and what not. */
  String about(SectionKind kind) {
    return say("about." + kind.label());
  }

  /** What a fact is. */
  public String figure(String name) {
    return say("figure." + name);
  }

  String listing(String name) {
    return say("list." + name);
  }

  String column(String name) {
    return say("column." + name);
  }

  String missing(String name) {
    return say("missing." + name);
  }

  /** Whose report it is. */
  String organisation(Provenance from) {
    return from.organisation().isEmpty()
        ? say("no-organisation")
        : Printable.name(from.organisation());
  }

  /** Where the report comes from: what, and the fact, in order. */
  Map<String, String> provenance(Provenance from) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(say("from.organisation"), organisation(from));
    facts.put(
        say("from.made"), say("moment-in-zone", moment(from.made()), texts.zone().toString()));
    facts.put(say("from.by"), Printable.name(from.by()));
    facts.put(say("from.year"), say("from.year-value", day(from.since()), day(from.made())));
    facts.put(
        say("from.register"),
        say("from.register-" + from.registerKind(), Printable.name(from.register())));
    facts.put(say("from.program"), Printable.name(from.program()));
    facts.put(say("from.modules"), Printable.name(from.modules()));
    return facts;
  }

  /** How much of what is asked for is here. */
  String coverage(Section section) {
    return say("coverage." + section.kind().coverage().name().toLowerCase(Locale.ROOT));
  }

  /** That there is nothing to list. */
  String empty(Listing listing) {
    return say("empty", listing(listing.name()));
  }

  /** How much of a table is not shown. */
  String cut(Listing listing) {
    return say("cut", texts.number(listing.rows().size()), texts.number(listing.total()));
  }

  /** What the number of a table's rows is. */
  String rows(Listing listing) {
    return listing.isCut()
        ? say("rows-cut", listing(listing.name()), texts.number(listing.rows().size()))
        : say("rows", listing(listing.name()));
  }

  private String moment(Instant moment) {
    return MOMENT.withZone(texts.zone()).format(moment);
  }

  private String day(Instant moment) {
    return DAY.withZone(texts.zone()).format(moment);
  }

  /** A fact as people read it; nothing in it steers what shows it. */
  public String value(Value value) {
    return value.match(shown);
  }

  private final class Shown implements Value.Match<String> {
    @Override
    public String text(String text) {
      return Printable.name(text);
    }

    @Override
    public String number(long number) {
      return texts.number(number);
    }

    @Override
    public String share(long part, long whole) {
      return whole == 0
          ? say("share-of-none")
          : say("share", texts.number(part), texts.number(whole), percent(part, whole));
    }

    /** Rounded down: what is not all is never 100 %. */
    private String percent(long part, long whole) {
      return BigDecimal.valueOf(part)
          .multiply(BigDecimal.valueOf(100))
          .divide(BigDecimal.valueOf(whole), 1, RoundingMode.DOWN)
          .toPlainString();
    }

    @Override
    public String day(LocalDate day) {
      return DAY.format(day);
    }

    @Override
    public String moment(Instant moment) {
      return Wording.this.moment(moment);
    }

    @Override
    public String word(String kind, String label) {
      String key = "evidence.word." + kind + "." + label;
      return texts.has(key) ? texts.get(key) : Printable.name(label);
    }

    @Override
    public String nothing() {
      return say("nothing");
    }
  }
}
