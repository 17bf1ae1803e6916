package uk.usbguard.core.evidence;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditException;
import uk.usbguard.core.audit.AuditFilter;
import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.AuditRecord;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.error.BugException;

/** What an audit log has of the last year, counted while it is read once. */
final class LogYear {

  /** A log of a newer release, or a forged one, may name more actions than there are. */
  private static final int MOST_ACTIONS = 200;

  /** Results in the order of the columns. */
  private static final List<String> RESULTS =
      List.of(
          AuditResult.SUCCEEDED.id(),
          AuditResult.FAILED.id(),
          AuditResult.DENIED.id(),
          AuditRecord.UNFINISHED);

  private final Map<String, long[]> actions = new TreeMap<>();
  private final Map<String, Long> draws = new HashMap<>();
  private final int most;
  private final Rows grants;
  private long unreadable;

  private LogYear(int most) {
    this.most = most;
    this.grants = new Rows(most, "overrides", "when", "tag", "actor", "user", "result", "reason");
  }

  /** Of no log. */
  static LogYear none(int most) {
    return new LogYear(most);
  }

  static LogYear of(AuditReader reader, Provenance from, int most)
      throws IOException, AuditException {
    LogYear year = new LogYear(most);
    year.unreadable =
        reader.read(new AuditFilter(from.since(), null, null, null, Set.of(), null), year::take);
    return year;
  }

  private void take(AuditRecord event) {
    int result = RESULTS.indexOf(event.result());
    boolean known = actions.containsKey(event.action());
    if (result < 0 || (!known && actions.size() == MOST_ACTIONS)) {
      unreadable++;
      return;
    }
    actions.computeIfAbsent(event.action(), action -> new long[RESULTS.size()])[result]++;
    String id = event.id();
    if (event.action().equals(AuditAction.DEVICE_SAMPLE.id()) && id != null) {
      if (draws.containsKey(id) || draws.size() < most) {
        draws.merge(id, 1L, Long::sum);
      }
    } else if (event.action().equals(AuditAction.DEVICE_GRANT.id())) {
      String actor = event.actor();
      String reason = event.reason();
      grants.add(
          () ->
              List.of(
                  Value.moment(event.time()),
                  Value.text(id == null ? "" : id),
                  Value.text(actor == null ? "" : actor),
                  Value.text(event.user()),
                  Value.word("result", event.result()),
                  Value.text(reason == null ? "" : reason)));
    }
  }

  /** Entries that could not be counted. */
  long unreadable() {
    return unreadable;
  }

  /** How often this was done with this result. */
  long count(AuditAction action, AuditResult result) {
    int column = RESULTS.indexOf(result.id());
    if (column < 0) {
      throw new BugException("what was only begun is not counted");
    }
    long[] counts = actions.get(action.id());
    return counts == null ? 0 : counts[column];
  }

  /** How often a sample was drawn or listed with this seed. */
  long draws(String seed) {
    return draws.getOrDefault(seed, 0L);
  }

  /** Seeds with which samples were drawn. */
  long seeds() {
    return draws.size();
  }

  /** Overrides: USB-13. */
  Rows grants() {
    return grants;
  }

  /** How often each thing was done, and how it ended. */
  Listing actions() {
    Rows rows =
        new Rows(MOST_ACTIONS, "actions", "action", "succeeded", "failed", "denied", "unfinished");
    actions.forEach(
        (action, counts) ->
            rows.add(
                Value.text(action),
                Value.number(counts[0]),
                Value.number(counts[1]),
                Value.number(counts[2]),
                Value.number(counts[3])));
    return rows.listing();
  }
}
