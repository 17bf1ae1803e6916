package uk.usbguard.core.policy;

import java.util.Optional;
import uk.usbguard.core.device.LifecycleState;

/** What the register says of a device: a state of its life there, or that it is not in it. */
public enum RegisterState {
  /** Not in the register. */
  UNREGISTERED,
  /** As in {@link LifecycleState}. */
  REQUESTED,
  /** As in {@link LifecycleState}. */
  APPROVED,
  /** As in {@link LifecycleState}: the only state in which a device may be written. */
  ISSUED,
  /** As in {@link LifecycleState}. */
  SUSPENDED,
  /** As in {@link LifecycleState}: blocked before any rule is asked. */
  LOST,
  /** As in {@link LifecycleState}: blocked before any rule is asked. */
  FOUND,
  /** As in {@link LifecycleState}. */
  RETURNED,
  /** As in {@link LifecycleState}. */
  WIPED,
  /** As in {@link LifecycleState}: blocked before any rule is asked. */
  DISPOSED;

  /** The state of a device in the register; empty if it is not there. */
  public static RegisterState of(Optional<LifecycleState> state) {
    return state.map(one -> valueOf(one.name())).orElse(UNREGISTERED);
  }

  /** The name that policies and reports use. */
  public String label() {
    return Labels.of(this);
  }

  /** True if the organisation has written the device off: no rule can let it in again. */
  boolean isRevoked() {
    return this == LOST || this == FOUND || this == DISPOSED;
  }
}
