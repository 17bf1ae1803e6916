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
  private final boolean newKey;

  /** Takes whose policies are obeyed, and whom staff ask if there is none. */
  public PolicyLoader(
      SignatureCheck signatures, LastGoodPolicy lastGood, String organisation, String contact) {
    this(signatures, lastGood, organisation, contact, false);
  }

  private PolicyLoader(
      SignatureCheck signatures,
      LastGoodPolicy lastGood,
      String organisation,
      String contact,
      boolean newKey) {
    this.newKey = newKey;
    this.signatures = signatures;
    this.lastGood = lastGood;
    this.organisation = organisation;
    this.contact = contact;
  }

  /** The same where the organisation has a new key on purpose. Older policies stay refused. */
  public PolicyLoader acceptingNewKey() {
    return new PolicyLoader(signatures, lastGood, organisation, contact, true);
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
    /** It is signed with another key than the last good one, and nobody said that this is meant. */
    OTHER_KEY,
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

  /**
   * Read once, because a large policy takes a while.
   *
   * @param policy null if it is not genuine, or not sound; it may be another organisation's
   * @param refusal why it is null; else of no meaning
   */
  private record Judged(SignedPolicy signed, @Nullable Policy policy, Refusal refusal) {}

  /** Decides between what is offered and what was in force last. */
  public InForce load(Optional<SignedPolicy> offered) throws IOException {
    Optional<SignedPolicy> kept = lastGood.read();
    SignatureCheck lastKey = lastGood.key().orElse(signatures);
    @Nullable Policy last = kept.map(one -> judge(one, lastKey).policy()).orElse(null);
    if (offered.isEmpty()) {
      return fallBack(last, Refusal.MISSING);
    }
    Judged next = judge(offered.get(), signatures);
    Policy policy = next.policy();
    if (policy == null) {
      return fallBack(last, next.refusal());
    }
    if (!isOurs(policy)) {
      return fallBack(last, Refusal.OTHER_ORGANISATION);
    }
    // Whosever the last one was: its key and version are a floor also for another organisation's.
    if (last != null && !newKey && !Arrays.equals(lastKey.key(), signatures.key())) {
      return fallBack(last, Refusal.OTHER_KEY);
    }
    if (last != null && policy.header().version() < last.header().version()) {
      return fallBack(last, Refusal.OLDER);
    }
    if (last != null
        && policy.header().version() == last.header().version()
        && !isSame(kept, next)) {
      return fallBack(last, Refusal.SAME_VERSION_CHANGED);
    }
    lastGood.keep(next.signed(), signatures);
    return new InForce(policy, Optional.empty());
  }

  private static boolean isSame(Optional<SignedPolicy> kept, Judged next) {
    return kept.isPresent() && Arrays.equals(kept.get().file(), next.signed().file());
  }

  private InForce fallBack(@Nullable Policy last, Refusal refusal) {
    Policy stays = last != null && isOurs(last) ? last : Policy.denyAll(contact);
    return new InForce(stays, Optional.of(refusal));
  }

  private boolean isOurs(Policy policy) {
    return policy.header().organisation().equals(organisation);
  }

  // The signature comes first: a parser should see no bytes that nobody answers for.
  private Judged judge(SignedPolicy signed, SignatureCheck key) {
    if (!key.isGenuine(signed.file(), signed.signature())) {
      return new Judged(signed, null, Refusal.NOT_GENUINE);
    }
    try {
      return new Judged(signed, Policy.parse(signed.file()), Refusal.MISSING);
    } catch (InvalidPolicyException e) {
      return new Judged(signed, null, Refusal.INVALID);
    }
  }
}
