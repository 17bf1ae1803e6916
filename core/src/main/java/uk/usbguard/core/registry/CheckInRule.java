package uk.usbguard.core.registry;

/** After how many days unseen a drive is warned of, read-only, locked: CHK-01. */
public record CheckInRule(int warnDays, int readOnlyDays, int lockDays) {

  /** What the guidance amounts to: weekly, with a warning before and an end after. */
  public static final CheckInRule DEFAULT = new CheckInRule(5, 7, 14);

  private static final int LONGEST = 366;

  /** Refuses days that are out of order. */
  public CheckInRule {
    if (warnDays < 1 || warnDays > readOnlyDays || readOnlyDays > lockDays || lockDays > LONGEST) {
      throw new IllegalArgumentException(
          "days " + warnDays + ", " + readOnlyDays + ", " + lockDays);
    }
  }
}
