package uk.usbguard.core.registry;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes entries as CSV. No cell is a formula. */
public final class CsvSink implements EntrySink {

  private final Writer out;
  private boolean headed;

  /** Takes where to write, which the caller closes. */
  public CsvSink(Writer out) {
    this.out = out;
  }

  @Override
  public void write(Map<Field, String> entry) throws IOException {
    head();
    CsvRow.write(out, Field.all().stream().map(field -> entry.getOrDefault(field, "")).toList());
  }

  @Override
  public void finish() throws IOException {
    head();
    out.flush();
  }

  private void head() throws IOException {
    if (!headed) {
      headed = true;
      out.write(Field.all().stream().map(Field::label).collect(Collectors.joining(",")));
      out.write("\r\n");
    }
  }
}
