package uk.usbguard.core.registry;

import java.time.Instant;

/**
 * One thing that the organisation decided anew.
 *
 * @param setting as {@link Setting#label}
 */
public record Decision(
    Instant at, String actor, String reason, String setting, String from, String to) {

  static Decision of(HistoryLine line) {
    return new Decision(
        line.at(), line.actor(), line.reason(), line.detail(), line.from(), line.to());
  }
}
