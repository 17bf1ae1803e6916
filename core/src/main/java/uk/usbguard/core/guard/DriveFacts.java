package uk.usbguard.core.guard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.policy.Exemption;
import uk.usbguard.core.policy.Exemption.Kind;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.Holder;
import uk.usbguard.core.policy.Ownership;
import uk.usbguard.core.policy.RegisterState;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.RegisterSettings;
import uk.usbguard.core.registry.UseException;

/**
 * The facts of one drive as a policy wants them: what the register knows and what was seen. Pure.
 * Whatever is not known is the value that trusts least.
 */
public final class DriveFacts {

  private static final DeviceIdentity NOT_KNOWN = DeviceIdentity.parse("0000:0000");

  private DriveFacts() {}

  /** Of a drive that is in no register: there is nothing to hold its identity against. */
  public static Facts ofStranger(Plugged seen, RegisterSettings settings) {
    return facts(
        NOT_KNOWN,
        new Facts.Medium(seen.medium().verdict(), false),
        stranger(seen.medium().revoked()),
        new Plugged(seen.medium(), IdentityLevel.MODEL, seen.user(), seen.at()),
        settings.organisation().name());
  }

  /**
   * Of a drive in the register. It shows no more of its identity than was recorded of it. Its
   * medium is the registered one, and its identity more than numbers, only if the registered
   * container was read from it and no other was: what lies in another one is under a key that
   * nobody registered.
   */
  public static Facts of(Device device, Plugged seen, RegisterSettings settings) {
    IdentityLevel recorded = device.hardware().level();
    IdentityLevel shown = seen.shown().atLeast(recorded) ? recorded : seen.shown();
    Optional<ContainerFingerprint> container = device.hardware().container();
    boolean same = container.isPresent() && seen.medium().isOnly(container.get());
    boolean exchanged = container.isPresent() && !same && !seen.medium().containers().isEmpty();
    if (shown.atLeast(IdentityLevel.CONTAINER) && !same) {
      shown = IdentityLevel.DESCRIPTOR;
    }
    boolean sameMedium = shown.atLeast(IdentityLevel.CONTAINER);
    return facts(
        device.hardware().identity(),
        new Facts.Medium(seen.medium().verdict(), sameMedium, exchanged),
        standing(device, seen, settings),
        new Plugged(seen.medium(), shown, seen.user(), seen.at()),
        settings.organisation().name());
  }

  private static Facts.Standing stranger(boolean revoked) {
    Facts.Standing none = Facts.Standing.UNREGISTERED;
    return revoked
        ? new Facts.Standing(
            none.state(), none.holder(), none.ownership(), true, false, null, List.of())
        : none;
  }

  private static Facts facts(
      DeviceIdentity identity,
      Facts.Medium medium,
      Facts.Standing standing,
      Plugged seen,
      String organisation) {
    return new Facts(
        new Facts.Device(identity, DeviceShape.STORAGE, Set.of(), seen.shown()),
        medium,
        standing,
        new Facts.Person(seen.user(), Set.of()),
        new Facts.Place("", organisation),
        seen.at());
  }

  private static Facts.Standing standing(Device device, Plugged seen, RegisterSettings settings) {
    return new Facts.Standing(
        RegisterState.of(Optional.of(device.state())),
        holder(device.holder(), seen.user(), settings.organisation().name()),
        device.holder().ownership() == uk.usbguard.core.registry.Ownership.PERSONAL
            ? Ownership.PERSONAL
            : Ownership.ORGANISATION,
        seen.medium().revoked(),
        device.justification().hasExpiredBy(device.today(seen.at())),
        lastSeen(device, seen.at()),
        exemptions(device, seen.at()));
  }

  /** REG-06. A register that names no organisation has only one. */
  private static Holder holder(
      uk.usbguard.core.registry.Holder holder, String user, String organisation) {
    String here = organisation.isEmpty() ? holder.organisation() : organisation;
    if (holder.permits(user, here)) {
      return holder.ownership() == uk.usbguard.core.registry.Ownership.POOLED
          ? Holder.POOLED
          : Holder.OWN;
    }
    return holder.permits(holder.owner(), here) ? Holder.OTHER_PERSON : Holder.OTHER_ORGANISATION;
  }

  /** Days count from the last sighting, or from the day on which it was handed out. */
  private static @Nullable Instant lastSeen(Device device, Instant at) {
    var standing = device.standing();
    return device.state() == LifecycleState.ISSUED
        ? standing.unseenSince(at).orElse(null)
        : standing.possibleAt(at).checkIn().lastSeen();
  }

  private static List<Exemption> exemptions(Device device, Instant at) {
    List<Exemption> exemptions = new ArrayList<>();
    LocalDate today = device.today(at);
    add(exemptions, Kind.PERSONAL, device.paperwork().byod(), today, at);
    add(exemptions, Kind.UNENCRYPTED, device.paperwork().unencrypted(), today, at);
    return exemptions;
  }

  private static void add(
      List<Exemption> exemptions,
      Kind kind,
      @Nullable UseException leave,
      LocalDate today,
      Instant at) {
    if (leave != null && leave.isInForce(today)) {
      Instant end = leave.ends().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      exemptions.add(new Exemption(kind, at, end, leave.approver()));
    }
  }
}
