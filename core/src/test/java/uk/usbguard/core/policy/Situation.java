package uk.usbguard.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.device.InterfaceClass;
import uk.usbguard.core.device.UsbId;
import uk.usbguard.core.media.Verdict;

/** Facts to begin a test from: a good drive in its owner's hands, of which single facts change. */
public final class Situation {

  /** A Tuesday in November, 9:00 in London. */
  public static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  private UsbId id = UsbId.parse("0951:1666");
  private String serial = "E0D55EA573F0";
  private DeviceShape shape = DeviceShape.STORAGE;
  private Set<InterfaceClass> interfaces = Set.of(InterfaceClass.parse("08/06/50"));
  private IdentityLevel identity = IdentityLevel.CONTAINER;
  private Verdict verdict = Verdict.VERIFIED_ENCRYPTED;
  private boolean mediumRegistered = true;
  private RegisterState state = RegisterState.ISSUED;
  private Holder holder = Holder.OWN;
  private Ownership ownership = Ownership.ORGANISATION;
  private boolean revoked;
  private boolean expired;
  private Instant lastSeen = NOW.minus(Duration.ofDays(1));
  private final List<Exemption> exemptions = new ArrayList<>();
  private String user = "jane.doe";
  private Set<String> groups = Set.of("Nurses");
  private String host = "WARD4-PC2";
  private String organisation = "Example NHS Trust";
  private Instant at = NOW;

  /** A good drive. */
  public static Situation good() {
    return new Situation();
  }

  /** A stick that nobody knows. */
  public static Situation unregistered() {
    Situation stick = new Situation();
    stick.state = RegisterState.UNREGISTERED;
    stick.holder = Holder.NONE;
    stick.ownership = Ownership.UNKNOWN;
    stick.mediumRegistered = false;
    stick.lastSeen = null;
    return stick;
  }

  public Situation device(String model, String serialNumber) {
    id = UsbId.parse(model);
    serial = serialNumber;
    return this;
  }

  public Situation shape(DeviceShape other) {
    shape = other;
    return this;
  }

  public Situation interfaces(String... types) {
    interfaces = Set.copyOf(Arrays.stream(types).map(InterfaceClass::parse).toList());
    return this;
  }

  public Situation identity(IdentityLevel level) {
    identity = level;
    return this;
  }

  public Situation verdict(Verdict other) {
    verdict = other;
    return this;
  }

  public Situation mediumRegistered(boolean is) {
    mediumRegistered = is;
    return this;
  }

  public Situation state(RegisterState other) {
    state = other;
    return this;
  }

  public Situation holder(Holder other) {
    holder = other;
    return this;
  }

  public Situation ownership(Ownership other) {
    ownership = other;
    return this;
  }

  public Situation revoked() {
    revoked = true;
    return this;
  }

  public Situation expired(boolean is) {
    expired = is;
    return this;
  }

  public Situation seen(Duration ago) {
    lastSeen = NOW.minus(ago);
    return this;
  }

  public Situation neverSeen() {
    lastSeen = null;
    return this;
  }

  public Situation exempt(Exemption.Kind kind, Duration before, Duration after) {
    exemptions.add(new Exemption(kind, NOW.minus(before), NOW.plus(after), "Dr A. Approver"));
    return this;
  }

  /** An exemption that began an hour ago and lasts for one more. */
  public Situation exempt(Exemption.Kind kind) {
    return exempt(kind, Duration.ofHours(1), Duration.ofHours(1));
  }

  public Situation user(String name, String... inGroups) {
    user = name;
    groups = Set.of(inGroups);
    return this;
  }

  public Situation place(String onHost, String of) {
    host = onHost;
    organisation = of;
    return this;
  }

  public Situation at(String moment) {
    at = Instant.parse(moment);
    return this;
  }

  public Facts facts() {
    return new Facts(
        new Facts.Device(DeviceIdentity.of(id, serial), shape, interfaces, identity),
        new Facts.Medium(verdict, mediumRegistered),
        new Facts.Standing(state, holder, ownership, revoked, expired, lastSeen, exemptions),
        new Facts.Person(user, groups),
        new Facts.Place(host, organisation),
        at);
  }
}
