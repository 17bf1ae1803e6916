package uk.usbguard.core.device;

import java.util.EnumSet;
import java.util.Set;

/** Where a device stands in its life at the organisation. Which may follow which: REG-08. */
public enum LifecycleState {
  /** Somebody asked for it. */
  REQUESTED,
  /** Somebody else approved it. */
  APPROVED,
  /** In the hands of its owner; the only state in which it may be used. */
  ISSUED,
  /** Held back for a while. */
  SUSPENDED,
  /** Reported lost or stolen: blocked everywhere. */
  LOST,
  /** Turned up again: blocked until information governance clears it. */
  FOUND,
  /** Handed back, not yet wiped. */
  RETURNED,
  /** Wiped with a certificate: may be issued again or disposed of. */
  WIPED,
  /** Gone for good. */
  DISPOSED;

  /** Whether a device in this state may come into the other: REG-08. */
  public boolean mayBecome(LifecycleState next) {
    return next().contains(next);
  }

  /** Every state that may follow this one. */
  public Set<LifecycleState> next() {
    return switch (this) {
      case REQUESTED -> EnumSet.of(APPROVED, DISPOSED);
      case APPROVED -> EnumSet.of(ISSUED, LOST, DISPOSED);
      case ISSUED -> EnumSet.of(SUSPENDED, LOST, RETURNED);
      case SUSPENDED -> EnumSet.of(ISSUED, LOST, RETURNED);
      case LOST -> EnumSet.of(FOUND, DISPOSED);
      case FOUND -> EnumSet.of(ISSUED, LOST, RETURNED);
      case RETURNED -> EnumSet.of(WIPED, LOST, DISPOSED);
      case WIPED -> EnumSet.of(APPROVED, LOST, DISPOSED);
      case DISPOSED -> EnumSet.noneOf(LifecycleState.class);
    };
  }

  /** True where nobody may use it, whatever a policy says: lost, not cleared since, or gone. */
  public boolean isRevoked() {
    return this == LOST || this == FOUND || this == DISPOSED;
  }

  /** True where someone still has to give the device back or account for it: LEAV-01. */
  public boolean isOutstanding() {
    return this == ISSUED || this == SUSPENDED || this == FOUND;
  }
}
