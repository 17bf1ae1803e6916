package uk.usbguard.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import uk.usbguard.core.registry.SampleSeed;

/** Reads the seed of a sample. */
final class SeedWord implements ITypeConverter<SampleSeed> {

  @Override
  public SampleSeed convert(String word) {
    try {
      return new SampleSeed(word);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("expected 1 to 64 of a-z, A-Z, 0-9 and -");
    }
  }
}
