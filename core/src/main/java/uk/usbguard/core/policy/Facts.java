package uk.usbguard.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.device.InterfaceClass;
import uk.usbguard.core.media.Verdict;

/**
 * Everything that a decision depends on, at one moment. Whoever does not know a fact gives the one
 * that trusts least: unregistered, unreadable, identity of the model only, never seen.
 */
public record Facts(
    Device device, Medium medium, Standing standing, Person person, Place place, Instant at) {

  /** How far the clocks of two PCs may be apart. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  /**
   * What is plugged in.
   *
   * @param level how much of its identity was shown
   */
  public record Device(
      DeviceIdentity identity,
      DeviceShape shape,
      Set<InterfaceClass> interfaces,
      IdentityLevel level) {
    /** Keeps its own copy. */
    public Device {
      interfaces = Set.copyOf(interfaces);
    }
  }

  /**
   * What is on it.
   *
   * @param registered this very medium was registered, not only the device around it
   * @param exchanged another container lies on it than the one that was registered with the device
   */
  public record Medium(Verdict verdict, boolean registered, boolean exchanged) {
    /** Refuses what is both. */
    public Medium {
      if (registered && exchanged) {
        throw new IllegalArgumentException("registered and exchanged");
      }
    }

    /** Of which nothing else is known. */
    public Medium(Verdict verdict, boolean registered) {
      this(verdict, registered, false);
    }
  }

  /**
   * What the register says of it.
   *
   * @param revoked its serial, fingerprint or certificate is on the signed lost list
   * @param expired the last day for which its use was approved is over
   * @param lastSeen when a managed PC last saw it; null if none ever did
   */
  public record Standing(
      RegisterState state,
      Holder holder,
      Ownership ownership,
      boolean revoked,
      boolean expired,
      @Nullable Instant lastSeen,
      List<Exemption> exemptions) {

    /** Of a device that is not in the register. */
    public static final Standing UNREGISTERED =
        new Standing(
            RegisterState.UNREGISTERED,
            Holder.NONE,
            Ownership.UNKNOWN,
            false,
            false,
            null,
            List.of());

    /** Keeps its own copy. */
    public Standing {
      exemptions = List.copyOf(exemptions);
    }
  }

  /**
   * Who uses the PC.
   *
   * @param user empty if nobody is logged on
   */
  public record Person(String user, Set<String> groups) {
    /** Keeps its own copy. */
    public Person {
      groups = Set.copyOf(groups);
    }
  }

  /** Which PC, and whose. */
  public record Place(String host, String organisation) {}

  /**
   * How long no managed PC has seen it; empty if none ever did, or if the clock has gone back since
   * then, which must not give anybody more days.
   */
  public Optional<Duration> checkInAge() {
    Instant last = standing.lastSeen();
    if (last == null || last.isAfter(at.plus(CLOCKS_DIFFER))) {
      return Optional.empty();
    }
    Duration age = Duration.between(last, at);
    return Optional.of(age.isNegative() ? Duration.ZERO : age);
  }

  /** The exemption of this kind that counts now and lasts longest. */
  public Optional<Exemption> exemption(Exemption.Kind kind) {
    return standing.exemptions().stream()
        .filter(one -> one.kind() == kind && one.countsAt(at))
        .max((a, b) -> a.until().compareTo(b.until()));
  }

  /** The kinds of exemption that count now. */
  SortedSet<Exemption.Kind> exemptionKinds() {
    SortedSet<Exemption.Kind> kinds = new TreeSet<>();
    for (Exemption one : standing.exemptions()) {
      if (one.countsAt(at)) {
        kinds.add(one.kind());
      }
    }
    return kinds;
  }

  /** The same at the same moment, but with another verdict. */
  Facts with(Verdict verdict) {
    Medium other = new Medium(verdict, medium.registered(), medium.exchanged());
    return new Facts(device, other, standing, person, place, at);
  }

  /** The same at the same moment, but last seen so long ago. */
  Facts seen(Duration ago) {
    Standing seen =
        new Standing(
            standing.state(),
            standing.holder(),
            standing.ownership(),
            standing.revoked(),
            standing.expired(),
            at.minus(ago),
            standing.exemptions());
    return new Facts(device, medium, seen, person, place, at);
  }
}
