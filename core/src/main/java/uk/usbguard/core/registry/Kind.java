package uk.usbguard.core.registry;

import java.sql.Types;

/** What a field holds; says how it stands in the database and in JSON. */
public enum Kind {
  TEXT(Types.VARCHAR),
  /** A whole number. */
  NUMBER(Types.BIGINT),
  BOOLEAN(Types.INTEGER),
  /** A day: 2026-11-24. */
  DATE(Types.VARCHAR),
  /** A moment, to the millisecond: 2026-11-24T09:30:00Z. */
  INSTANT(Types.BIGINT);

  private final int sqlType;

  Kind(int sqlType) {
    this.sqlType = sqlType;
  }

  int sqlType() {
    return sqlType;
  }
}
