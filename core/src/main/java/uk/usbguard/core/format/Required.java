package uk.usbguard.core.format;

/** What a caller of this package must see to; bytes that were read never come this far. */
final class Required {

  private Required() {}

  static void that(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
