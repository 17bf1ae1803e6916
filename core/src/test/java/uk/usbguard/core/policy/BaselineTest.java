package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.device.AttachedDevice;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.device.UsbId;
import uk.usbguard.core.media.Verdict;

/** The policy of a site's first day. */
class BaselineTest {

  private static AttachedDevice device(String key, DeviceShape shape, String name) {
    return new AttachedDevice(DeviceIdentity.parse(key), shape, name);
  }

  private static AttachedDevice stick(String key) {
    return device(key, DeviceShape.STORAGE, "DataTraveler 3.0");
  }

  private static Policy policy(String yaml) throws InvalidPolicyException {
    return Policy.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Policy baseline(AttachedDevice... present) throws InvalidPolicyException {
    return policy(new Baseline(List.of(present)).yaml("", "desk"));
  }

  private static Facts plugged(AttachedDevice device) {
    Facts unknown =
        Situation.unregistered().shape(device.shape()).verdict(Verdict.PLAINTEXT).facts();
    return new Facts(
        new Facts.Device(device.identity(), device.shape(), Set.of(), IdentityLevel.MODEL),
        unknown.medium(),
        unknown.standing(),
        unknown.person(),
        unknown.place(),
        unknown.at());
  }

  @Test
  @DisplayName("USB-01 what was there is let through by name of its rule; the same model is not")
  void whatWasThere() throws InvalidPolicyException {
    AttachedDevice mine = stick("0951:1666:60A44C413FAEF471");
    Policy policy = baseline(mine);

    Decision decision = policy.decide(plugged(mine));
    assertThat(decision.grounds().rule()).isEqualTo("in-use-before");
    assertThat(decision.grounds().reason()).isEqualTo(Reason.UNREGISTERED);
    assertThat(decision.effect()).isEqualTo(Effect.AUDIT_ONLY);
    assertThat(decision.intended()).isEqualTo(Effect.READ_ONLY);

    Decision other = policy.decide(plugged(stick("0951:1666:60A44C413FAEF472")));
    assertThat(other.grounds().rule()).isEqualTo("not-in-the-register");
    assertThat(other.intended()).isEqualTo(Effect.BLOCK);
  }

  @Test
  @DisplayName("USB-01 enforced, what was there can be read and is never written")
  void enforced() throws InvalidPolicyException {
    AttachedDevice mine = stick("0951:1666:60A44C413FAEF471");
    String yaml = new Baseline(List.of(mine)).yaml("", "desk");
    Policy policy = policy(yaml.replace("mode: audit-only\n", ""));
    assertThat(policy.decide(plugged(mine)).effect()).isEqualTo(Effect.READ_ONLY);
  }

  @ParameterizedTest
  @EnumSource(DeviceShape.class)
  @DisplayName("USB-04, USB-05, USB-12 a device of each shape: let through, left alone, or named")
  void eachShape(DeviceShape shape) throws InvalidPolicyException {
    AttachedDevice one = device("1941:8021:SCALE0004", shape, "scale");
    Baseline baseline = new Baseline(List.of(one));
    Policy policy = policy(baseline.yaml("", "desk"));
    Decision decision = policy.decide(plugged(one));
    switch (shape) {
      case STORAGE_WITH_INPUT, MALFORMED -> {
        assertThat(decision.intended()).isEqualTo(Effect.BLOCK);
        assertThat(baseline.leftOut()).isOne();
        assertThat(baseline.yaml("", "desk"))
            .contains("# Plugged in, but not let in: 1941:8021:SCALE0004 scale\n");
      }
      case VENDOR_SPECIFIC, UNKNOWN -> {
        assertThat(decision.grounds().reason()).isEqualTo(Reason.LISTED);
        assertThat(baseline.untouched()).isOne();
      }
      default -> {
        String rule = shape.bearsData() ? "in-use-before" : "built-in:not-storage";
        assertThat(decision.grounds().rule()).isEqualTo(rule);
        assertThat(baseline.letThrough()).isEqualTo(shape.bearsData() ? 1 : 0);
      }
    }
  }

  @Test
  @DisplayName("a device without a serial number stands for its model, and two of them for one")
  void withoutSerial() throws InvalidPolicyException {
    Baseline baseline = new Baseline(List.of(stick("0951:1666"), stick("0951:1666")));
    assertThat(baseline.letThrough()).isOne();
    Decision decision = policy(baseline.yaml("", "d")).decide(plugged(stick("0951:1666:ANY12345")));
    assertThat(decision.grounds().rule()).isEqualTo("in-use-before");
  }

  @Test
  @DisplayName("nothing plugged in: the rules of the profile, and no rule of its own")
  void nothing() throws InvalidPolicyException {
    assertThat(baseline().ruleIds()).isEqualTo(Profile.AUDIT_ONLY.policy().ruleIds());
    assertThat(baseline().header().audits()).isTrue();
  }

  @Test
  @DisplayName("a name or serial that breaks out of its line or turns the text is made harmless")
  void hostileNames() throws InvalidPolicyException {
    String hostile = "a\nrules: []\r\u202E\"}]\\ <b>#\u0007\uD800" + "x".repeat(300);
    AttachedDevice stick =
        new AttachedDevice(
            DeviceIdentity.of(UsbId.parse("0951:1666"), "A\u202EB\n\"x: *y\\"),
            DeviceShape.STORAGE,
            hostile);
    AttachedDevice quotes =
        new AttachedDevice(
            DeviceIdentity.of(UsbId.parse("0951:1667"), "\"x: *y\\#12"), DeviceShape.STORAGE, "");
    AttachedDevice scale = device("1941:8021", DeviceShape.VENDOR_SPECIFIC, hostile);
    AttachedDevice typing = device("1941:8022", DeviceShape.STORAGE_WITH_INPUT, hostile);
    Baseline baseline = new Baseline(List.of(stick, quotes, scale, typing));

    String yaml = baseline.yaml("Trust \"A\" \\ #1", "desk: 4567");
    Policy policy = policy(yaml);
    assertThat(policy.header().organisation()).isEqualTo("Trust \"A\" \\ #1");
    assertThat(policy.header().contact()).isEqualTo("desk: 4567");
    assertThat(policy.decide(plugged(quotes)).grounds().rule()).isEqualTo("in-use-before");
    assertThat(policy.decide(plugged(stick)).grounds().rule()).isEqualTo("in-use-before");
    assertThat(PlainText.isHonest(yaml)).isTrue();
    assertThat(yaml).contains("no name").contains("a?rules: []??\\\"}]\\\\ <b>#??x");
  }

  @Test
  @DisplayName("whom staff ask must be said, in words that can stand in a policy")
  void contact() {
    Baseline baseline = new Baseline(List.of());
    assertThatThrownBy(() -> baseline.yaml("", " ")).isInstanceOf(InvalidPolicyException.class);
    assertThatThrownBy(() -> baseline.yaml("", "a\u202Eb"))
        .isInstanceOf(InvalidPolicyException.class);
    assertThatThrownBy(() -> baseline.yaml("x".repeat(201), "desk"))
        .isInstanceOf(InvalidPolicyException.class);
  }
}
