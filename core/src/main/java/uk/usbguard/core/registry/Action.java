package uk.usbguard.core.registry;

import java.util.Locale;

/** Everything that changes the register. */
public enum Action {
  INIT(false),
  REGISTER(false),
  APPROVE(false),
  SIGN_OFF(false),
  HANDOVER(false),
  ISSUE(false),
  SUSPEND(true),
  RESUME(true),
  LOST(true),
  FOUND(true),
  CLEAR(true),
  RETURN(false),
  WIPED(false),
  WIPE_FAILED(true),
  RETIRE(true),
  TRANSFER(true),
  EXCEPTION(true),
  CONTAINER(true),
  CHECK_IN(false),
  SPOT_CHECK(false),
  LEAVER(false),
  IMPORT(false);

  private final boolean needsReason;

  Action(boolean needsReason) {
    this.needsReason = needsReason;
  }

  boolean needsReason() {
    return needsReason;
  }

  /** As in the history and in JSON: {@code sign-off}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
