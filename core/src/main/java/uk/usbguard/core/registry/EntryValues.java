package uk.usbguard.core.registry;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes an entry apart, field by field. Fields without a value are left out. */
final class EntryValues {

  private final Map<Field, Object> fields = new EnumMap<>(Field.class);

  private EntryValues() {}

  /** Strings, Longs, Booleans, LocalDates and Instants, as the kinds of the fields say. */
  static Map<Field, Object> of(Device device) {
    EntryValues values = new EntryValues();
    values.put(Field.TAG, device.tag().text());
    values.add(device.hardware());
    values.add(device.holder());
    values.add(device.justification());
    values.add(device.standing());
    values.add(device.paperwork());
    return values.fields;
  }

  private void add(Hardware hardware) {
    put(Field.MODEL, hardware.identity().model().toString());
    put(Field.SERIAL, hardware.identity().serial().text());
    put(Field.DESCRIPTOR_DIGEST, hardware.descriptorDigest());
    if (hardware.capacityBytes() > 0) {
      put(Field.CAPACITY_BYTES, hardware.capacityBytes());
    }
    put(Field.CONTAINER_FINGERPRINT, hardware.containerFingerprint());
    put(Field.SECRET_REFERENCE, hardware.secretReference());
  }

  private void add(Holder holder) {
    put(Field.OWNERSHIP, label(holder.ownership()));
    put(Field.OWNER, holder.owner());
    put(Field.MANAGER, holder.manager());
    put(Field.ORGANISATION, holder.organisation());
  }

  private void add(Justification justification) {
    put(Field.PURPOSE, justification.purpose());
    put(Field.DATA_CLASS, label(justification.dataClass()));
    put(Field.ASSET_REFERENCE, justification.assetReference());
    put(Field.REVIEW_DUE, justification.reviewDue());
    put(Field.EXPIRES, justification.expires());
  }

  private void add(Standing standing) {
    put(Field.STATE, label(standing.state()));
    put(Field.STATE_SINCE, standing.since());
    put(Field.REGISTERED_AT, standing.registeredAt());
    put(Field.REQUESTED_BY, standing.requestedBy());
    put(Field.LAST_SEEN, standing.checkIn().lastSeen());
    put(Field.HIGHEST_SEEN, standing.checkIn().highestSeen());
    if (standing.checkIn().clockSetBack()) {
      put(Field.CLOCK_SET_BACK, true);
    }
  }

  private void add(Paperwork paperwork) {
    Approval approval = paperwork.approval();
    if (approval != null) {
      put(Field.APPROVED_BY, approval.approvedBy());
      put(Field.APPROVED_AT, approval.at());
      put(Field.RISK_ASSESSMENT, approval.riskAssessment());
    }
    SignOff signOff = paperwork.signOff();
    if (signOff != null) {
      put(Field.SIGN_OFF_NAME, signOff.name());
      put(Field.SIGN_OFF_DESIGNATION, signOff.designation());
      put(Field.SIGN_OFF_ORGANISATION, signOff.organisation());
      put(Field.SIGN_OFF_DATE, signOff.date());
      put(Field.SIGN_OFF_VERSION, signOff.version());
    }
    Handover handover = paperwork.handover();
    if (handover != null) {
      put(Field.HANDOVER_BY, handover.by());
      put(Field.HANDOVER_AT, handover.at());
    }
    Wipe wipe = paperwork.wipe();
    if (wipe != null) {
      put(Field.WIPE_METHOD, wipe.method());
      put(Field.WIPE_CERTIFICATE, wipe.certificate());
      put(Field.WIPED_BY, wipe.by());
      put(Field.WIPED_AT, wipe.at());
    }
    addExceptions(paperwork);
  }

  private void addExceptions(Paperwork paperwork) {
    UseException byod = paperwork.byod();
    if (byod != null) {
      put(Field.BYOD_APPROVER, byod.approver());
      put(Field.BYOD_RISK_ASSESSMENT, byod.riskAssessment());
      put(Field.BYOD_ENDS, byod.ends());
    }
    UseException unencrypted = paperwork.unencrypted();
    if (unencrypted != null) {
      put(Field.UNENCRYPTED_APPROVER, unencrypted.approver());
      put(Field.UNENCRYPTED_RISK_ASSESSMENT, unencrypted.riskAssessment());
      put(Field.UNENCRYPTED_BOARD_REFERENCE, unencrypted.boardReference());
      put(Field.UNENCRYPTED_ENDS, unencrypted.ends());
    }
  }

  private void put(Field field, @Nullable Object value) {
    if (value != null && !value.equals("")) {
      fields.put(field, value);
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
