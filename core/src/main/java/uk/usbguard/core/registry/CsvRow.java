package uk.usbguard.core.registry;

import java.io.IOException;
import java.util.Iterator;

/** A row of CSV, as RFC 4180 and spreadsheets take it. No cell is a formula. */
public final class CsvRow {

  private CsvRow() {}

  /** Writes the values as one row, with its end. */
  public static void write(Appendable out, Iterable<String> values) throws IOException {
    Iterator<String> rest = values.iterator();
    while (rest.hasNext()) {
      String cell = CsvFormula.guard(rest.next());
      if (cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';')) {
        out.append('"').append(cell.replace("\"", "\"\"")).append('"');
      } else {
        out.append(cell);
      }
      if (rest.hasNext()) {
        out.append(',');
      }
    }
    out.append("\r\n");
  }
}
