package uk.usbguard.core.device;

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
  DISPOSED
}
