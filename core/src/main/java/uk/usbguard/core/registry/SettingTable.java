package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of what the organisation decided. */
final class SettingTable {

  RegisterSettings read(Connection connection) throws SQLException {
    Map<String, String> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, value FROM setting")) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    if (found.isEmpty()) {
      return RegisterSettings.DEFAULT;
    }
    try {
      return settings(found);
    } catch (IllegalArgumentException e) {
      throw new SQLException("settings that cannot be read", "XX001", 11, e);
    }
  }

  private static RegisterSettings settings(Map<String, String> found) {
    String people = found.getOrDefault("governance_people", "");
    return new RegisterSettings(
        new Organisation(
            found.getOrDefault("organisation", ""),
            found.getOrDefault("service_desk", ""),
            found.getOrDefault("governance", "")),
        found.getOrDefault("agreement_version", ""),
        new CheckInRule(
            Integer.parseInt(found.getOrDefault("warn_days", "")),
            Integer.parseInt(found.getOrDefault("read_only_days", "")),
            Integer.parseInt(found.getOrDefault("lock_days", ""))),
        Boolean.parseBoolean(found.get("asset_reference_needed")),
        people.isEmpty() ? List.of() : List.of(people.split("\n", -1)),
        found.getOrDefault("signing_key", ""));
  }

  void write(Connection connection, RegisterSettings settings) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("organisation", settings.organisation().name());
    values.put("service_desk", settings.organisation().serviceDesk());
    values.put("governance", settings.organisation().governance());
    values.put("agreement_version", settings.agreementVersion());
    values.put("warn_days", Integer.toString(settings.checkIn().warnDays()));
    values.put("read_only_days", Integer.toString(settings.checkIn().readOnlyDays()));
    values.put("lock_days", Integer.toString(settings.checkIn().lockDays()));
    values.put("asset_reference_needed", Boolean.toString(settings.assetReferenceNeeded()));
    values.put("governance_people", String.join("\n", settings.governancePeople()));
    values.put("signing_key", settings.signingKey());
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO setting (name, value) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        upsert.setString(1, value.getKey());
        upsert.setString(2, value.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }
}
