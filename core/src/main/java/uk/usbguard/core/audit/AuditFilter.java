package uk.usbguard.core.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants to see; null wants all.
 *
 * @param until exclusive
 * @param device an id (asset tag), or the name (serial number) whose hash is in the log
 * @param name the name of the subject
 */
public record AuditFilter(
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String action,
    @Nullable String result,
    @Nullable String device,
    @Nullable String name) {

  /** Everything. */
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);

  boolean wants(AuditRecord event, Hashes hashes) {
    return (since == null || !event.time().isBefore(since))
        && (until == null || event.time().isBefore(until))
        && (action == null || action.equals(event.action()))
        && (result == null || result.equals(event.result()))
        && (name == null || hashes.of(name).equals(event.name()))
        && (device == null || isDevice(event, hashes.of(device)));
  }

  private boolean isDevice(AuditRecord event, String hash) {
    boolean subject = event.subject().equals(AuditSubject.Kind.DEVICE.id());
    return String.valueOf(device).equals(event.device())
        || hash.equals(event.deviceName())
        || (subject && String.valueOf(device).equals(event.id()))
        || (subject && hash.equals(event.name()));
  }

  /** Names to their hashes, if the key for them is there. */
  @FunctionalInterface
  interface Hashes {
    String of(String name);
  }
}
