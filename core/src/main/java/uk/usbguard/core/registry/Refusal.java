package uk.usbguard.core.registry;

import java.util.Locale;

/** Why the register does not do what was asked. Nothing is changed then. */
public enum Refusal {
  /** Nothing has this tag or identity. Fact: what was asked for. */
  NO_SUCH_DEVICE,
  /** Several have this identity. Facts: the identity, their tags. */
  SEVERAL_DEVICES,
  /** Fact: the tag. */
  TAG_TAKEN,
  /** Another entry has the same identity. Facts: the identity, its tag. */
  IDENTITY_TAKEN,
  /** Fact: the field. */
  FIELD_MISSING,
  /** Facts: the field, its length, the limit. */
  FIELD_TOO_LONG,
  /** More may clear found drives than can be named. Facts: how many, the limit. */
  TOO_MANY_PEOPLE,
  /** Control characters or broken Unicode. Fact: the field. */
  FIELD_NOT_PLAIN,
  /** Facts: the field, what it holds. */
  FIELD_UNREADABLE,
  /** Fact: how long it must be. */
  PURPOSE_SHORT,
  /** Says nothing. */
  PURPOSE_VAGUE,
  /** The review would come after the last day of use. */
  REVIEW_AFTER_END,
  /** The last day of use of a new entry is over. Fact: the day. */
  END_PASSED,
  /** Owner and manager are one person. Fact: the person. */
  OWN_MANAGER,
  /** Something that was done lies in the future. Facts: the field, the day or time. */
  IN_FUTURE,
  /** The latest sighting comes before the last one. */
  SEEN_OUT_OF_ORDER,
  /** Facts: the tag, the state now, the state asked for. */
  ILLEGAL_TRANSITION,
  /** Facts: the tag, the person. */
  SELF_APPROVAL,
  /** Who imports it holds it, and it is approved or excepted. Facts: the tag, the person. */
  SELF_IMPORT,
  /** Who holds it takes it into use again. Facts: the tag, the person. */
  RESUMED_BY_HOLDER,
  /** Approval needs a risk assessment. */
  RISK_ASSESSMENT_MISSING,
  /** Fact: the tag. */
  SIGN_OFF_MISSING,
  /** Facts: the tag, the version signed, the version in force. */
  SIGN_OFF_OUTDATED,
  /** Fact: the tag. */
  HANDOVER_INCOMPLETE,
  /** Fact: the tag. */
  ASSET_REFERENCE_MISSING,
  /** Fact: the tag. */
  BYOD_EXCEPTION_MISSING,
  /** Facts: the tag, the day. */
  EXPIRED,
  /** The exception would have ended already. Fact: the day. */
  EXCEPTION_ENDED,
  /** The exception would last too long. Facts: the day, the latest day. */
  EXCEPTION_TOO_LONG,
  /** Facts: the tag, the person. */
  NOT_INFORMATION_GOVERNANCE,
  /** Facts: the tag, the person. */
  FOUND_BY_SAME_PERSON,
  /** Facts: the tag, the state. */
  OWNER_FIXED,
  /** Not in this state. Facts: the tag, the state. */
  NOT_NOW,
  /** Nothing of this owner is in the register. Fact: the owner. */
  NO_SUCH_OWNER,
  /** Somebody else decided something since it was looked at. */
  DECIDED_MEANWHILE;

  /** As in the keys of texts and in JSON: {@code register-tag-taken}. */
  public String label() {
    return "register-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
