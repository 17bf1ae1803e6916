package uk.usbguard.core.registry;

import java.io.IOException;
import java.util.Map;

/** Where entries are written to. */
public interface EntrySink {

  /** Writes one. */
  void write(Map<Field, String> entry) throws IOException;

  /** Writes what comes after the last one. Does not close the stream. */
  void finish() throws IOException;
}
