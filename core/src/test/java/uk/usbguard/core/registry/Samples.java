package uk.usbguard.core.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;

/** People, drives and a clock that stands still, for tests of the register. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");
  static final LocalDate TODAY = LocalDate.parse("2026-11-24");

  static final Act DESK = new Act("desk", "asked by phone");
  static final Act BOSS = new Act("boss", "looked at it");
  static final Act GOVERNANCE = new Act("ig.lead", "checked the seal");

  static final RegisterSettings SETTINGS =
      new RegisterSettings(
          new Organisation("St Elsewhere", "01632 960123", "ig@example.org"),
          "2.1",
          CheckInRule.DEFAULT,
          true,
          List.of("IG.Lead", "ig.deputy"));

  private Samples() {}

  /** A clock that tests turn. */
  static final class TestClock extends Clock {
    private Instant time = NOW;

    void advance(Duration by) {
      time = time.plus(by);
    }

    @Override
    public Instant instant() {
      return time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  static AssetTag tag(String text) {
    return new AssetTag(text);
  }

  static Hardware hardware(String serial) {
    return Hardware.of(DeviceIdentity.parse("0951:1666:" + serial));
  }

  static Holder ward() {
    return new Holder(Ownership.ASSIGNED, "a.nurse", "m.anager", "St Elsewhere");
  }

  static Justification purpose() {
    return new Justification(
        "Carries referral letters to the hospice without network",
        DataClass.PATIENT,
        "IAR-0042",
        LocalDate.parse("2027-05-01"),
        LocalDate.parse("2027-11-01"));
  }

  static Registration registration(String tag, String serial) {
    return new Registration(tag(tag), hardware(serial), ward(), purpose());
  }

  static SignOff signature() {
    return new SignOff("Ann Nurse", "Sister", "St Elsewhere", TODAY, "2.1");
  }

  /** Registers a drive and brings it into use. */
  static Device issued(DeviceRegister register, String tag, String serial) throws Exception {
    register.register(registration(tag, serial), false, DESK);
    return issue(register, tag(tag));
  }

  /** From requested, or wiped, into use. */
  static Device issue(DeviceRegister register, AssetTag tag) throws Exception {
    register.approve(tag, "RA-7", BOSS);
    register.signOff(tag, signature(), DESK);
    register.handOver(tag, EnumSet.allOf(HandoverItem.class), DESK);
    return register.issue(tag, DESK);
  }

  /** Brings a fresh drive into any state, by legal deeds only. */
  static AssetTag inState(DeviceRegister register, LifecycleState state, String name)
      throws Exception {
    AssetTag tag = tag(name);
    register.register(registration(name, "SER" + name), false, DESK);
    switch (state) {
      case REQUESTED -> {}
      case APPROVED -> {
        register.approve(tag, "RA-7", BOSS);
        register.signOff(tag, signature(), DESK);
        register.handOver(tag, EnumSet.allOf(HandoverItem.class), DESK);
      }
      case DISPOSED -> register.retire(tag, DESK);
      default -> {
        issue(register, tag);
        switch (state) {
          case SUSPENDED -> register.suspend(tag, DESK);
          case LOST -> register.lost(tag, DESK);
          case FOUND -> {
            register.lost(tag, DESK);
            register.found(tag, DESK);
          }
          case RETURNED -> register.giveBack(tag, DESK);
          case WIPED -> {
            register.giveBack(tag, DESK);
            register.wiped(tag, "crypto-erase, one pass", "CERT-1", DESK);
          }
          default -> {}
        }
      }
    }
    return tag;
  }
}
