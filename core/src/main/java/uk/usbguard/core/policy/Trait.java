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
enum Trait {
  SHAPE("shape", DeviceShape.class),
  STATE("state", RegisterState.class),
  VERDICT("verdict", Verdict.class),
  IDENTITY("identity", IdentityLevel.class),
  HOLDER("holder", Holder.class),
  OWNERSHIP("ownership", Ownership.class),
  MEDIUM("medium", KnownMedium.class),
  /** Steps of the policy's own {@link AgeScale}. */
  CHECK_IN("check-in", null);

  /** Whether this very medium is in the register. */
  enum KnownMedium {
    REGISTERED,
    UNREGISTERED;

    static KnownMedium of(Facts facts) {
      return facts.medium().registered() ? REGISTERED : UNREGISTERED;
    }
  }

  private final String key;
  private final Map<String, Integer> words = new LinkedHashMap<>();

  @SuppressWarnings("NullAway") // one trait has no enum behind it
  Trait(String key, Class<? extends Enum<?>> values) {
    this.key = key;
    if (values != null) {
      for (Enum<?> value : values.getEnumConstants()) {
        words.put(Labels.of(value), value.ordinal());
      }
    }
  }

  /** The key in a policy. */
  String key() {
    return key;
  }

  /** The words that may stand for a value, each with its bit. */
  Map<String, Integer> words() {
    return Map.copyOf(words);
  }

  /** The bits of all values. */
  long all(AgeScale scale) {
    int count = this == CHECK_IN ? scale.steps() : words.size();
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
}
