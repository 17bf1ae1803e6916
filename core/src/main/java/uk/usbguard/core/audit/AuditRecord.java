package uk.usbguard.core.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as readers see it. Nothing here was verified: {@link LogVerification} does that. Texts
 * can hold any character that a device or an account claims for itself.
 *
 * @param entry its number in the log
 * @param result as in the log, or {@code unfinished} if it was begun and its end is not recorded
 * @param actor the person whom the account named as acting, if it is not the account
 * @param name the keyed hash of the name
 * @param policy name and version of the policy that decided, if one did
 * @param decision the facts that it decided on, as {@link AuditDecision#detail}
 * @param begun the entry with which it began, or 0
 */
public record AuditRecord(
    long entry,
    Instant time,
    String action,
    String result,
    String host,
    String user,
    @Nullable String actor,
    String subject,
    @Nullable String id,
    @Nullable String name,
    @Nullable String device,
    @Nullable String deviceName,
    @Nullable String reason,
    @Nullable String policy,
    @Nullable String effect,
    @Nullable String rule,
    @Nullable String decision,
    long begun) {

  /** The result of what was begun and never ended. */
  public static final String UNFINISHED = "unfinished";

  static AuditRecord of(Entry entry, boolean unfinished) {
    return new AuditRecord(
        entry.number(),
        entry.time(),
        text(entry, Field.ACTION),
        unfinished ? UNFINISHED : text(entry, Field.RESULT),
        text(entry, Field.HOST),
        text(entry, Field.USER),
        entry.get(Field.ACTOR).orElse(null),
        text(entry, Field.SUBJECT),
        entry.get(Field.ID).orElse(null),
        entry.get(Field.NAME).orElse(null),
        entry.get(Field.DEVICE).orElse(null),
        entry.get(Field.DEVICE_NAME).orElse(null),
        entry.get(Field.REASON).orElse(null),
        entry.get(Field.POLICY).orElse(null),
        entry.get(Field.EFFECT).orElse(null),
        entry.get(Field.RULE).orElse(null),
        entry.get(Field.DECISION).orElse(null),
        Math.max(0, entry.number(Field.BEGUN)));
  }

  private static String text(Entry entry, Field field) {
    return entry.get(field).orElse("");
  }
}
