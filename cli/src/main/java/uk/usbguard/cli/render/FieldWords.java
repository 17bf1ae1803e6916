package uk.usbguard.cli.render;

import java.time.Instant;
import java.time.LocalDate;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.registry.Field;

/** The fields of an entry for people: in words, with times and sizes as the user writes them. */
record FieldWords(Texts texts) {

  String name(Field field) {
    return texts.get("field." + field.label());
  }

  /**
   * A value.
   *
   * @param text as in an export
   */
  String value(Field field, String text) {
    return switch (field.kind()) {
      case NUMBER -> texts.size(Long.parseLong(text)); // the only number is a size
      case BOOLEAN -> texts.get(Boolean.parseBoolean(text) ? "yes.word" : "no.word");
      case DATE -> texts.date(LocalDate.parse(text));
      case INSTANT -> texts.time(Instant.parse(text));
      case TEXT -> word(field, text);
    };
  }

  private String word(Field field, String text) {
    return switch (field) {
      case STATE -> texts.get("state." + text);
      case OWNERSHIP -> texts.get("evidence.word.ownership." + text);
      case DATA_CLASS -> texts.get("evidence.word.data-class." + text);
      default -> Printable.name(text);
    };
  }
}
