package uk.usbguard.core.audit;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants to see; null and no devices want all.
 *
 * @param until exclusive
 * @param devices any of them: ids (asset tags), and names (identities) whose hashes are in the log
 * @param name the name of the subject
 */
public record AuditFilter(
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String action,
    @Nullable String result,
    Set<String> devices,
    @Nullable String name) {

  /** Everything. */
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, Set.of(), null);

  /** Copies the set. */
  public AuditFilter {
    devices = Set.copyOf(devices);
  }

  boolean wants(AuditRecord event, Hashes hashes) {
    return (since == null || !event.time().isBefore(since))
        && (until == null || event.time().isBefore(until))
        && (action == null || action.equals(event.action()))
        && (result == null || result.equals(event.result()))
        && (name == null || hashes.of(name).equals(event.name()))
        && (devices.isEmpty() || devices.stream().anyMatch(one -> isDevice(event, one, hashes)));
  }

  private static boolean isDevice(AuditRecord event, String device, Hashes hashes) {
    String hash = hashes.of(device);
    boolean subject = event.subject().equals(AuditSubject.Kind.DEVICE.id());
    return device.equals(event.device())
        || hash.equals(event.deviceName())
        || (subject && device.equals(event.id()))
        || (subject && hash.equals(event.name()));
  }

  /** Names to their hashes, if the key for them is there. */
  @FunctionalInterface
  interface Hashes {
    String of(String name);
  }
}
