package uk.usbguard.cli.command;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import uk.usbguard.core.registry.DataClass;

/** Reads the class of data as people write it. */
final class DataClassWord implements ITypeConverter<DataClass> {

  @Override
  public DataClass convert(String word) {
    for (DataClass value : DataClass.values()) {
      if (value.name().equalsIgnoreCase(word.strip())) {
        return value;
      }
    }
    throw new TypeConversionException(
        "expected one of " + Arrays.toString(DataClass.values()).toLowerCase(Locale.ROOT));
  }
}
