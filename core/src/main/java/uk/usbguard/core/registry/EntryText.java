package uk.usbguard.core.registry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.device.UsbId;
import uk.usbguard.core.registry.UseException.ExceptionKind;

/**
 * An entry as text, field by field: what CSV, JSON and the database hold. Fields without a value
 * are left out. What was written is read back equal.
 */
public final class EntryText {

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Map<Field, String> fields;

  private EntryText(Map<Field, String> fields) {
    this.fields = fields;
  }

  /** The fields of an entry. */
  public static Map<Field, String> write(Device device) {
    Map<Field, String> text = new EnumMap<>(Field.class);
    EntryValues.of(device).forEach((field, value) -> text.put(field, value.toString()));
    return text;
  }

  /**
   * The entry that the fields describe. Says nothing about whether it is allowed.
   *
   * @throws RegisterRefusedException if a field is missing or not what it should be
   */
  static Device read(Map<Field, String> fields) throws RegisterRefusedException {
    var text = new EntryText(fields);
    return new Device(
        AssetTag.of(text.get(Field.TAG)),
        text.hardware(),
        new Holder(
            text.choice(Field.OWNERSHIP, Ownership.class, Ownership.ASSIGNED),
            text.get(Field.OWNER),
            text.get(Field.MANAGER),
            text.get(Field.ORGANISATION)),
        new Justification(
            text.get(Field.PURPOSE),
            text.choice(Field.DATA_CLASS, DataClass.class, null),
            text.get(Field.ASSET_REFERENCE),
            text.needed(Field.REVIEW_DUE, text.date(Field.REVIEW_DUE)),
            text.date(Field.EXPIRES)),
        text.standing(),
        text.paperwork());
  }

  private Hardware hardware() throws RegisterRefusedException {
    DeviceIdentity identity;
    String model = PlainText.required(Field.MODEL, get(Field.MODEL));
    try {
      identity = DeviceIdentity.of(UsbId.parse(model), get(Field.SERIAL));
    } catch (IllegalArgumentException e) {
      throw unreadable(model.length() > 9 ? Field.SERIAL : Field.MODEL);
    }
    return new Hardware(
        identity,
        get(Field.DESCRIPTOR_DIGEST),
        number(Field.CAPACITY_BYTES),
        get(Field.CONTAINER_FINGERPRINT),
        get(Field.SECRET_REFERENCE));
  }

  private Standing standing() throws RegisterRefusedException {
    return new Standing(
        choice(Field.STATE, LifecycleState.class, LifecycleState.REQUESTED),
        needed(Field.STATE_SINCE, instant(Field.STATE_SINCE)),
        needed(Field.REGISTERED_AT, instant(Field.REGISTERED_AT)),
        PlainText.required(Field.REQUESTED_BY, get(Field.REQUESTED_BY)),
        new CheckIn(
            instant(Field.LAST_SEEN), instant(Field.HIGHEST_SEEN), flag(Field.CLOCK_SET_BACK)));
  }

  private Paperwork paperwork() throws RegisterRefusedException {
    Instant approved = instant(Field.APPROVED_AT);
    LocalDate signed = date(Field.SIGN_OFF_DATE);
    Instant handedOver = instant(Field.HANDOVER_AT);
    Instant wiped = instant(Field.WIPED_AT);
    return new Paperwork(
        approved == null
            ? null
            : new Approval(get(Field.APPROVED_BY), approved, get(Field.RISK_ASSESSMENT)),
        signed == null ? null : signOff(signed),
        handedOver == null ? null : new Handover(get(Field.HANDOVER_BY), handedOver),
        wiped == null
            ? null
            : new Wipe(
                get(Field.WIPE_METHOD), get(Field.WIPE_CERTIFICATE), get(Field.WIPED_BY), wiped),
        byod(date(Field.BYOD_ENDS)),
        unencrypted(date(Field.UNENCRYPTED_ENDS)));
  }

  private SignOff signOff(LocalDate signed) {
    return new SignOff(
        get(Field.SIGN_OFF_NAME),
        get(Field.SIGN_OFF_DESIGNATION),
        get(Field.SIGN_OFF_ORGANISATION),
        signed,
        get(Field.SIGN_OFF_VERSION));
  }

  private @Nullable UseException byod(@Nullable LocalDate ends) {
    return ends == null
        ? null
        : new UseException(
            ExceptionKind.BYOD,
            get(Field.BYOD_APPROVER),
            get(Field.BYOD_RISK_ASSESSMENT),
            "",
            ends);
  }

  private @Nullable UseException unencrypted(@Nullable LocalDate ends) {
    return ends == null
        ? null
        : new UseException(
            ExceptionKind.UNENCRYPTED,
            get(Field.UNENCRYPTED_APPROVER),
            get(Field.UNENCRYPTED_RISK_ASSESSMENT),
            get(Field.UNENCRYPTED_BOARD_REFERENCE),
            ends);
  }

  private String get(Field field) {
    return fields.getOrDefault(field, "");
  }

  private <E extends Enum<E>> E choice(Field field, Class<E> type, @Nullable E otherwise)
      throws RegisterRefusedException {
    String text = get(field);
    if (text.isEmpty() && otherwise != null) {
      return otherwise;
    }
    String wanted = PlainText.required(field, text).toUpperCase(Locale.ROOT);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(wanted)) {
        return value;
      }
    }
    throw unreadable(field);
  }

  private <T> T needed(Field field, @Nullable T value) throws RegisterRefusedException {
    if (value == null) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, field.label());
    }
    return value;
  }

  private long number(Field field) throws RegisterRefusedException {
    try {
      long number = get(field).isEmpty() ? 0 : Long.parseLong(get(field));
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw unreadable(field);
  }

  private boolean flag(Field field) throws RegisterRefusedException {
    return switch (get(field).toLowerCase(Locale.ROOT)) {
      case "", "false" -> false;
      case "true" -> true;
      default -> throw unreadable(field);
    };
  }

  private @Nullable LocalDate date(Field field) throws RegisterRefusedException {
    try {
      LocalDate date = get(field).isEmpty() ? null : LocalDate.parse(get(field));
      if (date == null || (date.getYear() >= 1970 && date.getYear() <= 9999)) {
        return date;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw unreadable(field);
  }

  private @Nullable Instant instant(Field field) throws RegisterRefusedException {
    if (get(field).isEmpty()) {
      return null;
    }
    try {
      Instant instant = UtcTime.parse(get(field)).truncatedTo(ChronoUnit.MILLIS);
      if (instant.toEpochMilli() >= 0 && instant.isBefore(LATEST)) {
        return instant;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below
    }
    throw unreadable(field);
  }

  private RegisterRefusedException unreadable(Field field) {
    return new RegisterRefusedException(Refusal.FIELD_UNREADABLE, field.label(), get(field));
  }
}
