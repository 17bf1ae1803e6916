package uk.usbguard.core.format;

import uk.usbguard.core.error.DamagedContainerException;

/** What an object id names. */
public enum ObjectKind {
  /** A folder. */
  FOLDER(1),
  /** A file. */
  FILE(2);

  private final int code;

  ObjectKind(int code) {
    this.code = code;
  }

  /** The number in the format. */
  int code() {
    return code;
  }

  static ObjectKind read(FieldReader in) throws DamagedContainerException {
    int code = in.readByte("kind");
    return switch (code) {
      case 1 -> FOLDER;
      case 2 -> FILE;
      default -> throw in.damaged("kind " + code);
    };
  }
}
