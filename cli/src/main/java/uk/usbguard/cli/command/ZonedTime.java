package uk.usbguard.cli.command;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time with its zone, as in JSON: {@code 2026-11-24T09:30:00Z}. */
final class ZonedTime implements ITypeConverter<OffsetDateTime> {

  @Override
  public OffsetDateTime convert(String typed) {
    try {
      return OffsetDateTime.parse(typed);
    } catch (DateTimeException e) {
      throw new TypeConversionException("'" + typed + "' is no time like 2026-11-24T09:30:00Z");
    }
  }
}
