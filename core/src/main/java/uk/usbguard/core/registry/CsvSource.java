package uk.usbguard.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.registry.EntryFormatException.Fault;

/** Entries from CSV: UTF-8, the first row names the fields, in any order. */
public final class CsvSource implements EntrySource {

  private final CsvCells cells;
  private List<Field> columns = List.of();

  /** Takes the stream, which the caller closes. */
  public CsvSource(InputStream in) {
    this.cells = new CsvCells(StrictText.reader(in));
  }

  @Override
  public Optional<Entry> next() throws IOException, EntryFormatException {
    if (columns.isEmpty()) {
      columns = header(cells.next());
    }
    List<String> row = cells.next();
    if (row.isEmpty()) {
      return Optional.empty();
    }
    if (row.size() != columns.size()) {
      throw new EntryFormatException(Fault.COLUMNS, cells.line(), "", null);
    }
    Map<Field, String> fields = new EnumMap<>(Field.class);
    for (int i = 0; i < columns.size(); i++) {
      String value = CsvFormula.unguard(row.get(i));
      if (!value.isEmpty()) {
        fields.put(columns.get(i), value);
      }
    }
    return Optional.of(new Entry(cells.line(), fields));
  }

  private List<Field> header(List<String> names) throws EntryFormatException {
    List<Field> found = new ArrayList<>();
    Set<Field> seen = EnumSet.noneOf(Field.class);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).strip();
      if (i == 0 && name.startsWith("\uFEFF")) {
        name = name.substring(1); // spreadsheets begin UTF-8 with it
      }
      Optional<Field> field = Field.of(name);
      if (field.isEmpty() || !seen.add(field.get())) {
        throw new EntryFormatException(Fault.HEADER, cells.line(), name, null);
      }
      found.add(field.get());
    }
    if (found.isEmpty()) {
      throw new EntryFormatException(Fault.HEADER, 1, "", null);
    }
    return found;
  }
}
