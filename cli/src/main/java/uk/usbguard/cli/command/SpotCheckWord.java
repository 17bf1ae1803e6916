package uk.usbguard.cli.command;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import uk.usbguard.core.registry.SpotCheck;

/** Reads what a spot check found, as people write it. */
final class SpotCheckWord implements ITypeConverter<SpotCheck> {

  @Override
  public SpotCheck convert(String word) {
    List<SpotCheck> all = Arrays.asList(SpotCheck.values());
    return all.stream()
        .filter(one -> one.label().equalsIgnoreCase(word.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of " + all.stream().map(SpotCheck::label).toList()));
  }
}
