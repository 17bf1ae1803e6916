package uk.usbguard.core.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be done that is worth recording. The names are in logs that are kept for years: one may
 * be added, none renamed or removed.
 */
public enum AuditAction {
  CONTAINER_CREATE,
  CONTAINER_STORE,
  CONTAINER_READ,
  CONTAINER_EXPORT,
  CONTAINER_CHANGE,
  CONTAINER_COMPACT,
  CONTAINER_VERIFY,
  CONTAINER_REPAIR,
  CONTAINER_MOUNT,
  PASSPHRASE_CHANGE,
  KEY_ADD,
  KEY_REMOVE,
  KEY_REKEY,
  KEY_RECOVER,
  DRIVE_ENCRYPT,
  MEDIUM_SCAN,
  DEVICE_ARRIVE,
  DEVICE_DECIDE,
  DEVICE_REMOVE,
  DEVICE_REQUEST,
  DEVICE_GRANT,
  DEVICE_REGISTER,
  DEVICE_CHANGE,
  DEVICE_APPROVE,
  DEVICE_SIGN_OFF,
  DEVICE_HANDOVER,
  DEVICE_ISSUE,
  DEVICE_RETURN,
  DEVICE_SUSPEND,
  DEVICE_RESUME,
  DEVICE_TRANSFER,
  DEVICE_LOST,
  DEVICE_FOUND,
  DEVICE_CLEAR,
  DEVICE_EXCEPTION,
  DEVICE_CHECK_IN,
  DEVICE_SAMPLE,
  DEVICE_SPOT_CHECK,
  DEVICE_LEAVER,
  DEVICE_RETIRE,
  DEVICE_IMPORT,
  DEVICE_EXPORT,
  DEVICE_WIPE,
  INCIDENT_REPORT,
  INCIDENT_CLOSE,
  POLICY_SIGN,
  POLICY_LOAD,
  POLICY_CHANGE,
  POLICY_EXPLAIN,
  BUNDLE_PUBLISH,
  BUNDLE_PULL,
  EVIDENCE_REPORT,
  ORGANISATION_INIT,
  ORGANISATION_CHANGE,
  REGISTER_RESTORE,
  AUDIT_SHOW,
  AUDIT_EXPORT,
  AGENT_START,
  AGENT_STOP,
  AGENT_INSTALL,
  AGENT_UNINSTALL;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Its name in logs and exports, such as {@code key-add}. */
  public String id() {
    return id;
  }

  /** The action of this name. */
  public static Optional<AuditAction> of(String id) {
    return Arrays.stream(values()).filter(action -> action.id.equals(id)).findAny();
  }
}
