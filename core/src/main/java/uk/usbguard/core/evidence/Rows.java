package uk.usbguard.core.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The rows of a table: those that fit are kept, all are counted. */
final class Rows {

  private final String name;
  private final List<String> columns;
  private final int most;
  private final List<List<Value>> kept = new ArrayList<>();
  private long total;

  Rows(int most, String name, String... columns) {
    this.most = most;
    this.name = name;
    this.columns = List.of(columns);
  }

  void add(Supplier<List<Value>> row) {
    total++;
    if (kept.size() < most) {
      kept.add(row.get());
    }
  }

  void add(Value... row) {
    add(() -> List.of(row));
  }

  long total() {
    return total;
  }

  Listing listing() {
    return new Listing(name, columns, kept, total);
  }
}
