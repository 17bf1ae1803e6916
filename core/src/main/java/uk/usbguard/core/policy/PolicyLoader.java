package uk.usbguard.core.policy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a policy in force only if the organisation signed it, it is the organisation's own, it is
 * sound, and it is not older than the last one. If any of that fails, the last good one stays in
 * force; if there is none, everything that bears data is blocked.
 */
public final class PolicyLoader {

  private final SignatureCheck signatures;
  private final LastGoodPolicy lastGood;
  private final String organisation;
  private final String contact;

  /** Takes whose policies are obeyed, and whom staff ask if there is none. */
  public PolicyLoader(
      SignatureCheck signatures, LastGoodPolicy lastGood, String organisation, String contact) {
    this.signatures = signatures;
    this.lastGood = lastGood;
    this.organisation = organisation;
    this.contact = contact;
  }

  /** Why a policy was not put in force. */
  public enum Refusal {
    /** There is none. */
    MISSING,
    /** It was not signed with the organisation's key, or changed afterwards. */
    NOT_GENUINE,
    /** It is signed, but not a sound policy. */
    INVALID,
    /** It is another organisation's. */
    OTHER_ORGANISATION,
    /** Its version is lower than that of the last good one. */
    OLDER,
    /** Its version is that of the last good one, but its content is not. */
    SAME_VERSION_CHANGED
  }

  /**
   * What is in force now.
   *
   * @param refusal why it is not the policy that was offered; empty if it is
   */
  public record InForce(Policy policy, Optional<Refusal> refusal) {}

  private record Accepted(SignedPolicy signed, Policy policy) {}

  /** Decides between what is offered and what was in force last. */
  public InForce load(Optional<SignedPolicy> offered) throws IOException {
    @Nullable Accepted last = lastGood.read().map(this::acceptedOrNull).orElse(null);
    if (offered.isEmpty()) {
      return fallBack(last, Refusal.MISSING);
    }
    Optional<Refusal> refusal = refusal(offered.get());
    @Nullable Accepted next = refusal.isEmpty() ? acceptedOrNull(offered.get()) : null;
    if (next == null) {
      return fallBack(last, refusal.orElse(Refusal.INVALID));
    }
    if (last != null) {
      long known = last.policy().header().version();
      if (next.policy().header().version() < known) {
        return fallBack(last, Refusal.OLDER);
      }
      boolean same = Arrays.equals(next.signed().file(), last.signed().file());
      if (next.policy().header().version() == known && !same) {
        return fallBack(last, Refusal.SAME_VERSION_CHANGED);
      }
    }
    lastGood.keep(next.signed());
    return new InForce(next.policy(), Optional.empty());
  }

  private InForce fallBack(@Nullable Accepted last, Refusal refusal) {
    Policy policy = last == null ? Policy.denyAll(contact) : last.policy();
    return new InForce(policy, Optional.of(refusal));
  }

  private @Nullable Accepted acceptedOrNull(SignedPolicy signed) {
    try {
      return refusal(signed).isPresent() ? null : new Accepted(signed, Policy.parse(signed.file()));
    } catch (InvalidPolicyException e) {
      return null;
    }
  }

  // The signature comes first: a parser should see no bytes that nobody answers for.
  private Optional<Refusal> refusal(SignedPolicy signed) {
    if (!signatures.isGenuine(signed.file(), signed.signature())) {
      return Optional.of(Refusal.NOT_GENUINE);
    }
    try {
      String whose = Policy.parse(signed.file()).header().organisation();
      return whose.equals(organisation)
          ? Optional.empty()
          : Optional.of(Refusal.OTHER_ORGANISATION);
    } catch (InvalidPolicyException e) {
      return Optional.of(Refusal.INVALID);
    }
  }
}
