package uk.usbguard.core.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Set;

/**
 * Hours on days of the week, by the clock of one zone. A window whose end is before its beginning
 * goes on after midnight and belongs to the day on which it began.
 */
final class TimeWindow {

  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final int MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

  private final ZoneId zone;
  private final BitSet minutes = new BitSet(MINUTES_OF_WEEK);

  TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
    this.zone = zone;
    int length = Math.floorMod(minute(until) - minute(from), MINUTES_OF_DAY);
    int wholeOrPart = length == 0 ? MINUTES_OF_DAY : length;
    for (DayOfWeek day : days) {
      int start = (day.getValue() - 1) * MINUTES_OF_DAY + minute(from);
      for (int i = 0; i < wholeOrPart; i++) {
        minutes.set((start + i) % MINUTES_OF_WEEK);
      }
    }
  }

  boolean holds(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    int day = local.getDayOfWeek().getValue() - 1;
    return minutes.get(day * MINUTES_OF_DAY + minute(local.toLocalTime()));
  }

  /** True if this is known to hold whenever the other does. */
  boolean covers(TimeWindow other) {
    if (minutes.cardinality() == MINUTES_OF_WEEK) {
      return true;
    }
    BitSet left = (BitSet) other.minutes.clone();
    left.andNot(minutes);
    return zone.equals(other.zone) && left.isEmpty();
  }

  private static int minute(LocalTime time) {
    return time.getHour() * 60 + time.getMinute();
  }
}
