package uk.usbguard.core.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/**
 * A fact with a handful of values. A rule's condition on it is a set of bits, one a value; that
 * makes matching one operation, and what is left over by earlier rules computable.
 */
@SuppressWarnings("EnumOrdinal") // a bit for each value: nothing outlives the process
enum Trait {
  SHAPE("shape"),
  STATE("state"),
  VERDICT("verdict"),
  IDENTITY("identity"),
  HOLDER("holder"),
  OWNERSHIP("ownership"),
  MEDIUM("medium"),
  /** Steps of the policy's own {@link AgeScale}. */
  CHECK_IN("check-in");

  /** Whether this very medium is in the register. */
  enum KnownMedium {
    REGISTERED,
    UNREGISTERED;

    static KnownMedium of(Facts facts) {
      return facts.medium().registered() ? REGISTERED : UNREGISTERED;
    }
  }

  private final String key;

  Trait(String key) {
    this.key = key;
  }

  /** The key in a policy. */
  String key() {
    return key;
  }

  /** The words that may stand for a value, each with its bit. */
  Map<String, Integer> words() {
    Map<String, Integer> words = new LinkedHashMap<>();
    for (Enum<?> member : members()) {
      words.put(Labels.of(member), member.ordinal());
    }
    return words;
  }

  /** The bits of all values. */
  long all(AgeScale scale) {
    int count = this == CHECK_IN ? scale.steps() : members().length;
    return (1L << count) - 1;
  }

  /** The bit of the value that the facts have. */
  long of(Facts facts, AgeScale scale) {
    int value =
        switch (this) {
          case SHAPE -> facts.device().shape().ordinal();
          case STATE -> facts.standing().state().ordinal();
          case VERDICT -> facts.medium().verdict().ordinal();
          case IDENTITY -> facts.device().level().ordinal();
          case HOLDER -> facts.standing().holder().ordinal();
          case OWNERSHIP -> facts.standing().ownership().ordinal();
          case MEDIUM -> KnownMedium.of(facts).ordinal();
          case CHECK_IN -> scale.step(facts.checkInAge());
        };
    return 1L << value;
  }

  private Enum<?>[] members() {
    return switch (this) {
      case SHAPE -> DeviceShape.values();
      case STATE -> RegisterState.values();
      case VERDICT -> Verdict.values();
      case IDENTITY -> IdentityLevel.values();
      case HOLDER -> Holder.values();
      case OWNERSHIP -> Ownership.values();
      case MEDIUM -> KnownMedium.values();
      case CHECK_IN -> new Enum<?>[0];
    };
  }
}
