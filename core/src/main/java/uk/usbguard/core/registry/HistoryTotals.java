package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the history says of many entries at once, counted by the database. */
final class HistoryTotals {

  /** More samples than anybody draws within a year. */
  private static final int MOST_SAMPLES = 1_000;

  /** The newest word on whether its owner leaves; what stands here takes it back. */
  private static final String LEAVERS =
      "SELECT max(d.owner), max(h.at) FROM history h JOIN device d ON d.tag_key = h.tag_key"
          + " WHERE h.action = 'leaver' AND NOT EXISTS (SELECT 1 FROM history l"
          + " WHERE l.tag_key = h.tag_key AND l.version > h.version"
          + " AND l.action IN ('resume', 'wiped', 'approve', 'issue'))"
          + " GROUP BY d.owner_key ORDER BY max(h.at) DESC, d.owner_key LIMIT ?";

  /** A person who leaves. */
  record Leaving(String owner, Instant since) {}

  /** How often each thing was done to drives; what was not is left out. */
  Map<Action, Long> deeds(Connection connection, Instant since) throws SQLException {
    Map<Action, Long> counts = new EnumMap<>(Action.class);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT action, count(*) FROM history WHERE at >= ? AND tag_key <> ''"
                + " GROUP BY action")) {
      query.setLong(1, since.toEpochMilli());
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          String label = found.getString(1);
          long count = found.getLong(2);
          Arrays.stream(Action.values())
              .filter(action -> action.label().equals(label))
              .forEach(action -> counts.put(action, count));
        }
      }
    }
    return counts;
  }

  /** The samples with the newest results first. */
  List<SampleResults> spotChecks(Connection connection, Instant since) throws SQLException {
    Map<String, SampleResults> samples = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT detail, count(*), max(at) FROM history WHERE action = ? AND at >= ?"
                + " GROUP BY detail ORDER BY max(at) DESC, detail LIMIT "
                + MOST_SAMPLES * SpotCheck.values().length)) {
      query.setString(1, Action.SPOT_CHECK.label());
      query.setLong(2, since.toEpochMilli());
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          String detail = found.getString(1);
          int blank = detail.indexOf(' ');
          Optional<SpotCheck> result =
              Arrays.stream(SpotCheck.values())
                  .filter(one -> blank > 0 && one.label().equals(detail.substring(0, blank)))
                  .findFirst();
          if (result.isPresent()) {
            Instant last = Instant.ofEpochMilli(found.getLong(3));
            String seed = detail.substring(blank + 1);
            samples.merge(
                seed, one(seed, result.get(), found.getLong(2), last), HistoryTotals::both);
          }
        }
      }
    }
    return samples.values().stream().limit(MOST_SAMPLES).toList();
  }

  private static SampleResults one(String seed, SpotCheck result, long count, Instant last) {
    return new SampleResults(
        seed,
        result == SpotCheck.FOUND ? count : 0,
        result == SpotCheck.MISSING ? count : 0,
        result == SpotCheck.DIFFERS ? count : 0,
        last);
  }

  private static SampleResults both(SampleResults one, SampleResults other) {
    return new SampleResults(
        one.seed(),
        one.found() + other.found(),
        one.missing() + other.missing(),
        one.differs() + other.differs(),
        one.last().isAfter(other.last()) ? one.last() : other.last());
  }

  /** Whoever leaves, the latest first. */
  List<Leaving> leavers(Connection connection, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LEAVERS)) {
      query.setInt(1, limit);
      try (ResultSet found = query.executeQuery()) {
        List<Leaving> leavers = new ArrayList<>();
        while (found.next()) {
          leavers.add(new Leaving(found.getString(1), Instant.ofEpochMilli(found.getLong(2))));
        }
        return leavers;
      }
    }
  }
}
