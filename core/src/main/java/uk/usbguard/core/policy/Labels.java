package uk.usbguard.core.policy;

import java.util.Locale;

/** The words that policies, reports and bundles use for the members of an enum. */
final class Labels {

  private Labels() {}

  /** {@code READ_ONLY} is read-only. */
  static String of(Enum<?> member) {
    return member.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
