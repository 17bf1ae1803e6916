package uk.usbguard.core.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an action ended, if it has. */
public enum AuditResult {
  /** It was begun. Without a later entry that says how it ended it counts as failed. */
  BEGUN,
  SUCCEEDED,
  FAILED,
  /** A rule said no. */
  DENIED;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** Its name in logs and exports. */
  public String id() {
    return id;
  }

  /** The result of this name. */
  public static Optional<AuditResult> of(String id) {
    return Arrays.stream(values()).filter(result -> result.id.equals(id)).findAny();
  }
}
