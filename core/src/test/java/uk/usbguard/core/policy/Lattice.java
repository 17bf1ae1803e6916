package uk.usbguard.core.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/** Every combination of facts, or of some values of some facts and all values of the others. */
final class Lattice {

  /** On and just over every check-in limit of the profiles; null: never seen. */
  private static final Duration[] AGES = {
    Duration.ZERO,
    Duration.ofDays(5),
    Duration.ofDays(5).plusSeconds(1),
    Duration.ofDays(7),
    Duration.ofDays(7).plusSeconds(1),
    Duration.ofDays(14),
    Duration.ofDays(14).plusSeconds(1),
    null
  };

  private Set<DeviceShape> shapes = EnumSet.allOf(DeviceShape.class);
  private Set<IdentityLevel> levels = EnumSet.allOf(IdentityLevel.class);
  private Set<Holder> holders = EnumSet.complementOf(EnumSet.of(Holder.NONE));
  private List<Duration> ages = Arrays.asList(AGES);

  /** All 14,752,000. */
  static Lattice whole() {
    return new Lattice();
  }

  /** Everything about the device, in its owner's hands. */
  static Lattice ofDevices() {
    Lattice some = new Lattice();
    some.holders = EnumSet.of(Holder.OWN);
    some.ages = Arrays.asList(Duration.ofDays(1), null);
    return some;
  }

  /** Everything about people and times, for three kinds of device. */
  static Lattice ofStandings() {
    Lattice some = new Lattice();
    some.shapes = EnumSet.of(DeviceShape.STORAGE, DeviceShape.PHONE_OR_CAMERA, DeviceShape.INPUT);
    some.levels = EnumSet.of(IdentityLevel.SERIAL, IdentityLevel.CONTAINER);
    return some;
  }

  void visit(Consumer<Facts> visitor) {
    for (DeviceShape shape : shapes) {
      for (Verdict verdict : Verdict.values()) {
        for (IdentityLevel level : levels) {
          for (Set<Exemption.Kind> exemptions : exemptions()) {
            Situation device = Situation.unregistered().shape(shape).verdict(verdict);
            device.identity(level);
            exemptions.forEach(device::exempt);
            visitor.accept(device.facts());
            visitRegistered(device, visitor);
          }
        }
      }
    }
  }

  private void visitRegistered(Situation device, Consumer<Facts> visitor) {
    for (RegisterState state : EnumSet.complementOf(EnumSet.of(RegisterState.UNREGISTERED))) {
      for (Holder holder : holders) {
        for (Ownership ownership : EnumSet.of(Ownership.ORGANISATION, Ownership.PERSONAL)) {
          for (Duration age : ages) {
            device.state(state).holder(holder).ownership(ownership);
            device = age == null ? device.neverSeen() : device.seen(age);
            for (boolean expired : new boolean[] {false, true}) {
              device.expired(expired);
              visitor.accept(device.mediumRegistered(false).facts());
              visitor.accept(device.mediumRegistered(true).facts());
            }
          }
        }
      }
    }
  }

  private static List<Set<Exemption.Kind>> exemptions() {
    List<Set<Exemption.Kind>> sets = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      Set<Exemption.Kind> set = EnumSet.noneOf(Exemption.Kind.class);
      for (Exemption.Kind kind : Exemption.Kind.values()) {
        if (((bits >> kind.ordinal()) & 1) != 0) {
          set.add(kind);
        }
      }
      sets.add(set);
    }
    return sets;
  }
}
