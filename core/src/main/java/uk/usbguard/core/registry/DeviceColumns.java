package uk.usbguard.core.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an entry stands in its row: a column for each field, and beside them what is looked up, in
 * the form in which it is compared.
 */
final class DeviceColumns {

  /** Every column, in the order in which {@link #write} gives their values. */
  static final List<String> ALL =
      Stream.concat(
              fields().stream(),
              Stream.of(
                  "tag_key",
                  "identity_key",
                  "serial_usable",
                  "owner_key",
                  "manager_key",
                  "organisation_key",
                  "search_text",
                  "version"))
          .toList();

  /** What {@link #read} expects. */
  static final String READ = String.join(", ", fields()) + ", version";

  private DeviceColumns() {}

  private static List<String> fields() {
    return Field.all().stream().map(Field::column).toList();
  }

  static void write(RowValues row, Device device, long version) throws SQLException {
    Map<Field, Object> values = EntryValues.of(device);
    for (Field field : Field.all()) {
      write(row, field.kind(), values.get(field));
    }
    Holder holder = device.holder();
    row.text(device.tag().key());
    row.text(device.hardware().identity().key());
    row.number(device.hardware().identity().serial().quality().isUsable() ? 1L : 0L);
    row.text(PlainText.key(holder.owner()));
    row.text(PlainText.key(holder.manager()));
    row.text(PlainText.key(holder.organisation()));
    row.text(searchText(device));
    row.number(version);
  }

  private static void write(RowValues row, Kind kind, @Nullable Object value) throws SQLException {
    switch (kind) {
      case TEXT, DATE -> row.text(value == null ? null : value.toString());
      case NUMBER -> row.number((Long) value);
      case INSTANT -> row.number(value == null ? null : (Long) ((Instant) value).toEpochMilli());
      case BOOLEAN -> row.number(value == null ? null : Boolean.TRUE.equals(value) ? 1L : 0L);
    }
  }

  private static String searchText(Device device) {
    Holder holder = device.holder();
    return PlainText.key(
        String.join(
            "\u001f", // no search can hold it: nothing is found across two fields
            device.tag().text(),
            device.hardware().identity().key(),
            holder.owner(),
            holder.manager(),
            holder.organisation(),
            device.justification().purpose(),
            device.justification().assetReference()));
  }

  static DeviceTable.Row read(ResultSet row) throws SQLException {
    Map<Field, String> values = new EnumMap<>(Field.class);
    int index = 1;
    for (Field field : Field.all()) {
      String value = read(row, index++, field.kind());
      if (value != null) {
        values.put(field, value);
      }
    }
    try {
      return new DeviceTable.Row(EntryText.read(values), row.getLong(index));
    } catch (RegisterRefusedException e) {
      // Only with a hand in the database, or damage that SQLite did not notice.
      throw new SQLException("an entry that cannot be read: " + e.getMessage(), "XX001", 11, e);
    }
  }

  private static @Nullable String read(ResultSet row, int index, Kind kind) throws SQLException {
    if (kind == Kind.TEXT || kind == Kind.DATE) {
      return row.getString(index);
    }
    long number = row.getLong(index);
    if (row.wasNull()) {
      return null;
    }
    return switch (kind) {
      case INSTANT -> Instant.ofEpochMilli(number).toString();
      case BOOLEAN -> Boolean.toString(number != 0);
      default -> Long.toString(number);
    };
  }
}
