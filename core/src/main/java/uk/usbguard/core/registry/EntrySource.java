package uk.usbguard.core.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Entries from a file, one after the other. */
public interface EntrySource {

  /**
   * An entry as it stands in the file.
   *
   * @param line where it begins
   */
  record Entry(long line, Map<Field, String> fields) {}

  /** The next one; empty at the end. */
  Optional<Entry> next() throws IOException, EntryFormatException;
}
