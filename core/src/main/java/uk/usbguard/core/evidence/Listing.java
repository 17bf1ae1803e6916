package uk.usbguard.core.evidence;

import java.util.List;

/**
 * A table of a section.
 *
 * @param name what it lists, such as {@code lost-drives}; it never changes
 * @param columns what stands in each column, such as {@code owner}
 * @param rows as many values each as there are columns
 * @param total how many rows there would be; more than there are if it was cut short
 */
public record Listing(String name, List<String> columns, List<List<Value>> rows, long total) {

  /** Copies the lists; refuses a row of another length. */
  public Listing {
    columns = List.copyOf(columns);
    int width = columns.size();
    rows = rows.stream().map(List::copyOf).toList();
    if (rows.stream().anyMatch(row -> row.size() != width) || rows.size() > total) {
      throw new IllegalArgumentException("rows of " + name);
    }
  }

  /** Whether there is more than is shown. */
  public boolean isCut() {
    return total > rows.size();
  }
}
