package uk.usbguard.core.registry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every field of an entry of the register, in the order of export files. The one list that the
 * database, CSV, JSON and the documentation follow.
 */
public enum Field {
  TAG(64),
  MODEL(9),
  SERIAL(126),
  DESCRIPTOR_DIGEST(128),
  CAPACITY_BYTES(Kind.NUMBER),
  CONTAINER_FINGERPRINT(128),
  SECRET_REFERENCE(128),
  OWNERSHIP(16),
  OWNER(200),
  MANAGER(200),
  ORGANISATION(200),
  PURPOSE(1_000),
  DATA_CLASS(16),
  ASSET_REFERENCE(200),
  REVIEW_DUE(Kind.DATE),
  EXPIRES(Kind.DATE),
  STATE(16),
  STATE_SINCE(Kind.INSTANT),
  REGISTERED_AT(Kind.INSTANT),
  REQUESTED_BY(200),
  APPROVED_BY(200),
  APPROVED_AT(Kind.INSTANT),
  RISK_ASSESSMENT(200),
  SIGN_OFF_NAME(200),
  SIGN_OFF_DESIGNATION(200),
  SIGN_OFF_ORGANISATION(200),
  SIGN_OFF_DATE(Kind.DATE),
  SIGN_OFF_VERSION(64),
  HANDOVER_BY(200),
  HANDOVER_AT(Kind.INSTANT),
  WIPE_METHOD(200),
  WIPE_CERTIFICATE(200),
  WIPED_BY(200),
  WIPED_AT(Kind.INSTANT),
  BYOD_APPROVER(200),
  BYOD_RISK_ASSESSMENT(200),
  BYOD_ENDS(Kind.DATE),
  UNENCRYPTED_APPROVER(200),
  UNENCRYPTED_RISK_ASSESSMENT(200),
  UNENCRYPTED_BOARD_REFERENCE(200),
  UNENCRYPTED_ENDS(Kind.DATE),
  LAST_SEEN(Kind.INSTANT),
  HIGHEST_SEEN(Kind.INSTANT),
  CLOCK_SET_BACK(Kind.BOOLEAN);

  private static final Map<String, Field> BY_LABEL = byLabel();

  private final Kind kind;
  private final int maxLength;

  Field(int maxLength) {
    this.kind = Kind.TEXT;
    this.maxLength = maxLength;
  }

  Field(Kind kind) {
    this.kind = kind;
    this.maxLength = 32;
  }

  /** What it holds. */
  public Kind kind() {
    return kind;
  }

  /** How many UTF-16 units its text may have. */
  public int maxLength() {
    return maxLength;
  }

  /** The column in the database. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name in CSV and JSON: {@code signOffDate}. */
  public String label() {
    StringBuilder label = new StringBuilder();
    boolean upper = false;
    for (char c : name().toCharArray()) {
      if (c != '_') {
        label.append(upper ? c : Character.toLowerCase(c));
      }
      upper = c == '_';
    }
    return label.toString();
  }

  /** The field that CSV and JSON call so, in whatever case. */
  static Optional<Field> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label.toLowerCase(Locale.ROOT)));
  }

  static List<Field> all() {
    return List.of(values());
  }

  private static Map<String, Field> byLabel() {
    Map<String, Field> map = new LinkedHashMap<>();
    Arrays.stream(values())
        .forEach(field -> map.put(field.label().toLowerCase(Locale.ROOT), field));
    return Map.copyOf(map);
  }
}
