package uk.usbguard.core.registry;

import java.util.Locale;

/** Why a drive may be used for less, or is trusted less. */
public enum Concern {
  /** In no state in which it may be used. */
  NOT_ISSUED(Restriction.LOCKED),
  /** A personal drive without an exception, or with one that has ended. */
  BYOD_NOT_ALLOWED(Restriction.LOCKED),
  /** Not seen for so long that it is locked. */
  CHECK_IN_OVERDUE(Restriction.LOCKED),
  /** Not seen for so long that it is read-only. */
  CHECK_IN_LATE(Restriction.READ_ONLY),
  /** To be shown to a managed PC soon. */
  CHECK_IN_SOON(Restriction.WARN),
  /** Its last day of use is over. */
  EXPIRED(Restriction.READ_ONLY),
  /** A clock was set back since it was last seen. */
  CLOCK_SET_BACK(Restriction.WARN),
  /** Nobody has looked whether it is still needed. */
  REVIEW_OVERDUE(Restriction.WARN),
  /** The owner signed an older version of the agreement. */
  SIGN_OFF_OUTDATED(Restriction.WARN),
  /** Another entry has the same identity. */
  IDENTITY_SHARED(Restriction.WARN),
  /** Leave to be unencrypted has ended. */
  UNENCRYPTED_EXCEPTION_ENDED(Restriction.WARN),
  /** No serial number that tells it from others of its model. */
  SERIAL_WEAK(Restriction.NONE);

  private final Restriction restriction;

  Concern(Restriction restriction) {
    this.restriction = restriction;
  }

  /** What it leaves. */
  public Restriction restriction() {
    return restriction;
  }

  /** As in JSON and in the keys of texts: {@code check-in-late}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
