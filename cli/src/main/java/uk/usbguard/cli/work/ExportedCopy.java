package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uk.usbguard.cli.render.Verified;
import uk.usbguard.core.container.ByteSink;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;

/**
 * What is written of a file: all of it, or of a damaged one the rest, with zeros in place of what
 * does not verify. That one never has the name of a sound file.
 */
final class ExportedCopy implements FileWriter.Content {

  private static final String MARK = " (damaged)";

  /** Leaves room for a number and an ending of what is still being written. */
  private static final int LONGEST_NAME = 240;

  private final FileReader reader;
  private final boolean aroundDamage;
  private List<Verified.Range> zeros = List.of();

  private ExportedCopy(FileReader reader, boolean aroundDamage) {
    this.reader = reader;
    this.aroundDamage = aroundDamage;
  }

  static ExportedCopy whole(FileReader reader) {
    return new ExportedCopy(reader, false);
  }

  static ExportedCopy aroundDamage(FileReader reader) {
    return new ExportedCopy(reader, true);
  }

  boolean isAroundDamage() {
    return aroundDamage;
  }

  /** What was replaced by zeros, once it is written. */
  List<Verified.Range> zeros() {
    return zeros;
  }

  @Override
  public void to(ByteSink sink) throws IOException, ContainerException {
    if (aroundDamage) {
      zeros =
          reader.transferAroundDamage(sink).stream()
              .map(range -> new Verified.Range(range.start(), range.end()))
              .toList();
    } else {
      reader.transferTo(sink);
    }
  }

  /** The name it is written under: {@code letter (damaged).doc} for {@code letter.doc}. */
  String name(String name) {
    return aroundDamage ? mark(name) : name;
  }

  static String mark(String name) {
    int dot = name.lastIndexOf('.');
    int end = dot <= 0 || name.length() - dot > 16 ? name.length() : dot;
    String stem = name.substring(0, end);
    String ending = MARK + name.substring(end);
    while ((stem + ending).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + ending;
  }
}
