package uk.usbguard.core.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uk.usbguard.core.device.InterfaceClass;

/**
 * A condition on the interfaces of a device: all of its configurations and alternate settings.
 *
 * @param anyOf at least one interface fits one of these; empty: not asked
 * @param only every interface fits one of these; empty: not asked
 * @param noneOf no interface fits any of these
 */
record InterfaceCondition(List<Mask> anyOf, List<Mask> only, List<Mask> noneOf) {

  InterfaceCondition {
    anyOf = List.copyOf(anyOf);
    only = List.copyOf(only);
    noneOf = List.copyOf(noneOf);
  }

  /**
   * {@code 08/06/*}; -1 stands for the star.
   *
   * @param sub only together with a class
   */
  record Mask(int base, int sub, int protocol) {

    private static final Pattern TEXT =
        Pattern.compile("([0-9a-fA-F]{2})/(?:\\*/\\*|([0-9a-fA-F]{2})/(?:\\*|([0-9a-fA-F]{2})))");

    static Optional<Mask> parse(String text) {
      var matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      return Optional.of(
          new Mask(
              Integer.parseInt(matcher.group(1), 16),
              matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2), 16),
              matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3), 16)));
    }

    boolean fits(InterfaceClass type) {
      return base == type.base()
          && (sub < 0 || sub == type.sub())
          && (protocol < 0 || protocol == type.protocol());
    }
  }

  boolean holds(Set<InterfaceClass> interfaces) {
    return (anyOf.isEmpty() || interfaces.stream().anyMatch(one -> fits(anyOf, one)))
        && (only.isEmpty() || isOnly(interfaces))
        && interfaces.stream().noneMatch(one -> fits(noneOf, one));
  }

  // A device of which no interface is known does not show that it has only these.
  private boolean isOnly(Set<InterfaceClass> interfaces) {
    return !interfaces.isEmpty() && interfaces.stream().allMatch(one -> fits(only, one));
  }

  private static boolean fits(List<Mask> masks, InterfaceClass type) {
    return masks.stream().anyMatch(mask -> mask.fits(type));
  }
}
