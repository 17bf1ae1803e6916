package uk.usbguard.core.format;

import java.util.Optional;

/** What a sealed record holds; its number is part of what the tag authenticates. */
public enum RecordType {
  /** Content of a file. */
  DATA(1),
  /** A node of the index. */
  NODE(2),
  /** A chunk of a batch's list of contents. */
  TRAILER(3),
  /** A commit record. */
  COMMIT(4);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  /** The number in the format. */
  public int code() {
    return code;
  }

  /** The type with this number, if there is one. */
  public static Optional<RecordType> of(int code) {
    for (RecordType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
