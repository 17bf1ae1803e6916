package uk.usbguard.core.registry;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.LifecycleState;

/**
 * Which entries are meant; null and empty parts do not narrow it.
 *
 * @param states any of them
 * @param text stands somewhere in tag, serial, people, organisation, purpose or reference
 * @param weakSerial only those whose serial does not tell them apart
 */
public record DeviceFilter(
    @Nullable String owner,
    @Nullable String manager,
    @Nullable String organisation,
    Set<LifecycleState> states,
    @Nullable String text,
    boolean weakSerial) {

  /** Every entry. */
  public static final DeviceFilter ALL = new DeviceFilter(null, null, null, Set.of(), null, false);

  /** Copies the set. */
  public DeviceFilter {
    states = Set.copyOf(states);
  }

  /** Everything of one owner. */
  public static DeviceFilter ownedBy(String owner) {
    return new DeviceFilter(owner, null, null, Set.of(), null, false);
  }
}
