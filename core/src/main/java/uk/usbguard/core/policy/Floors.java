package uk.usbguard.core.policy;

import java.util.Optional;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/**
 * What no policy can lower, whatever its rules say. Each floor only ever takes away; the order is
 * that of the page docs/policy.md.
 */
final class Floors {

  private Floors() {}

  /** What is left of an effect, and why something was taken away. */
  record Held(Effect effect, Optional<Reason> reason) {}

  static Held hold(Effect effect, Facts facts) {
    if (effect == Effect.BLOCK || isFree(facts)) {
      return new Held(effect, Optional.empty());
    }
    Optional<Reason> noUse = noUse(facts);
    if (noUse.isPresent()) {
      return new Held(Effect.BLOCK, noUse);
    }
    Optional<Reason> noWriting = effect.letsWrite() ? noWriting(facts) : Optional.empty();
    Effect held = noWriting.isPresent() ? Effect.READ_ONLY : effect;
    return readable(held, noWriting, facts);
  }

  /** Nothing less than this is kept from writing; phones and unknown things have no such switch. */
  static Held readable(Effect effect, Optional<Reason> reason, Facts facts) {
    return effect == Effect.READ_ONLY && !canBeReadOnly(facts.device().shape())
        ? new Held(Effect.BLOCK, Optional.of(reason.orElse(Reason.CANNOT_BE_READ_ONLY)))
        : new Held(effect, reason);
  }

  /** A device of its maker's own kind has no medium that an operating system would mount. */
  static boolean isFree(Facts facts) {
    DeviceShape shape = facts.device().shape();
    return !shape.bearsData() || shape == DeviceShape.VENDOR_SPECIFIC;
  }

  private static Optional<Reason> noUse(Facts facts) {
    boolean personal = facts.standing().ownership() == Ownership.PERSONAL;
    boolean approved =
        facts.exemption(Exemption.Kind.PERSONAL).isPresent()
            || facts.exemption(Exemption.Kind.OVERRIDE).isPresent();
    return personal && !approved ? Optional.of(Reason.PERSONAL) : Optional.empty();
  }

  private static Optional<Reason> noWriting(Facts facts) {
    if (facts.exemption(Exemption.Kind.OVERRIDE).isPresent()) {
      return Optional.empty();
    }
    RegisterState state = facts.standing().state();
    if (state == RegisterState.UNREGISTERED) {
      return Optional.of(Reason.UNREGISTERED);
    }
    if (state != RegisterState.ISSUED) {
      return Optional.of(Reason.NOT_ISSUED);
    }
    if (facts.standing().expired()) {
      return Optional.of(Reason.EXPIRED);
    }
    Optional<Reason> notEncrypted = notEncrypted(facts);
    if (notEncrypted.isEmpty() || facts.exemption(Exemption.Kind.UNENCRYPTED).isEmpty()) {
      return notEncrypted;
    }
    // No container shows which drive it is, and a serial number can be copied.
    return facts.device().level().atLeast(IdentityLevel.DESCRIPTOR)
        ? Optional.empty()
        : Optional.of(Reason.IDENTITY);
  }

  private static Optional<Reason> notEncrypted(Facts facts) {
    Verdict verdict = facts.medium().verdict();
    return switch (verdict) {
      case VERIFIED_ENCRYPTED, ASSERTED_HARDWARE -> Optional.empty();
      case OPAQUE -> facts.medium().registered() ? Optional.empty() : Optional.of(Reason.OPAQUE);
      case LOCKED_HARDWARE -> Optional.of(Reason.HARDWARE_LOCKED);
      case UNREADABLE -> Optional.of(Reason.UNREADABLE);
      case PARTIAL, PLAINTEXT, EMPTY -> Optional.of(Reason.NOT_ENCRYPTED);
    };
  }

  private static boolean canBeReadOnly(DeviceShape shape) {
    return switch (shape) {
      case STORAGE, CARD_READER, OPTICAL, RECORDER, STORAGE_WITH_INPUT, STORAGE_COMPOSITE -> true;
      default -> false;
    };
  }
}
