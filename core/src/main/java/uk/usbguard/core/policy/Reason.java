package uk.usbguard.core.policy;

/** Why a decision is as it is. Each has sentences in the bundle; policies name those of rules. */
public enum Reason {
  /** Registered, encrypted, seen in time. */
  APPROVED(true),
  /** Good, but a managed PC should see it soon. */
  CHECK_IN_DUE(true),
  /** No managed PC has seen it for too long: no new data. */
  CHECK_IN_OVERDUE(true),
  /** No managed PC has seen it for so long that it counts as missing. */
  CHECK_IN_LOCKED(true),
  /** Not in the register. */
  UNREGISTERED(true),
  /** In the register, but not handed out. */
  NOT_ISSUED(true),
  /** Something on it can be read by anybody. */
  NOT_ENCRYPTED(true),
  /** It could not be read to the end. */
  UNREADABLE(true),
  /** Looks encrypted, but nothing shows it. */
  OPAQUE(true),
  /** A hardware-encrypted drive that is still locked. */
  HARDWARE_LOCKED(true),
  /** It could be another device with the same numbers. */
  IDENTITY(true),
  /** It holds data and can type. */
  COMPOSITE(true),
  /** A phone or camera. */
  PHONE(true),
  /** Nobody knows what it is. */
  UNKNOWN_DEVICE(true),
  /** It speaks a language of its maker's own. */
  VENDOR_SPECIFIC(true),
  /** Somebody else has it on their name. */
  OTHER_PERSON(true),
  /** Another organisation has it. */
  OTHER_ORGANISATION(true),
  /** It is a member of staff's own. */
  PERSONAL(true),
  /** Let through for clinical urgency. */
  OVERRIDE(true),
  /** Approved without encryption for a time. */
  APPROVED_UNENCRYPTED(true),
  /** At this place data may be read but not written. */
  READ_ONLY_PLACE(true),
  /** It was there when the first policy was made. */
  BASELINE(true),
  /** The rule's own text says it. */
  LOCAL(true),
  /** It is on the lost list, or written off. */
  REVOKED(false),
  /** The last day for which its use was approved is over: no new data. */
  EXPIRED(false),
  /** No rule speaks of it. */
  NO_RULE(false),
  /** Not a thing that holds data. */
  NOT_STORAGE(false),
  /** On the organisation's list of equipment that is left alone. */
  LISTED(false),
  /** It would be read-only, but nothing of its kind can be kept from writing. */
  CANNOT_BE_READ_ONLY(false);

  private final boolean ofRules;

  Reason(boolean ofRules) {
    this.ofRules = ofRules;
  }

  /** The name that policies, reports and bundles use. */
  public String label() {
    return Labels.of(this);
  }

  /** True if a rule may give it. */
  boolean isOfRules() {
    return ofRules;
  }
}
