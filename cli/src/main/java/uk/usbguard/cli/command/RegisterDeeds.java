package uk.usbguard.cli.command;

import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.registry.Action;

/** How the audit log calls what is done to the register. */
final class RegisterDeeds {

  private RegisterDeeds() {}

  static AuditAction recorded(Action action) {
    return switch (action) {
      case INIT -> AuditAction.ORGANISATION_INIT;
      case REGISTER -> AuditAction.DEVICE_REGISTER;
      case APPROVE -> AuditAction.DEVICE_APPROVE;
      case SIGN_OFF -> AuditAction.DEVICE_SIGN_OFF;
      case HANDOVER -> AuditAction.DEVICE_HANDOVER;
      case ISSUE -> AuditAction.DEVICE_ISSUE;
      case SUSPEND -> AuditAction.DEVICE_SUSPEND;
      case RESUME -> AuditAction.DEVICE_RESUME;
      case LOST -> AuditAction.DEVICE_LOST;
      case FOUND -> AuditAction.DEVICE_FOUND;
      case CLEAR -> AuditAction.DEVICE_CLEAR;
      case RETURN -> AuditAction.DEVICE_RETURN;
      case WIPED, WIPE_FAILED -> AuditAction.DEVICE_WIPE;
      case RETIRE -> AuditAction.DEVICE_RETIRE;
      case TRANSFER -> AuditAction.DEVICE_TRANSFER;
      case EXCEPTION -> AuditAction.DEVICE_EXCEPTION;
      case CONTAINER -> AuditAction.DEVICE_CHANGE;
      case CHECK_IN -> AuditAction.DEVICE_CHECK_IN;
      case SPOT_CHECK -> AuditAction.DEVICE_SPOT_CHECK;
      case LEAVER -> AuditAction.DEVICE_LEAVER;
      case IMPORT -> AuditAction.DEVICE_IMPORT;
    };
  }
}
