package uk.usbguard.core.audit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded. The reason is an identifier, so that no sentence with a patient's name
 * can come in by it.
 *
 * @param device the device it happened on, if that is not the subject
 * @param reason why it ended so, such as {@code wrong-passphrase}
 * @param decision what a policy decided, if one did
 */
public record AuditEvent(
    AuditAction action,
    AuditResult result,
    AuditSubject subject,
    @Nullable AuditSubject device,
    @Nullable String reason,
    @Nullable AuditDecision decision) {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}");

  public AuditEvent {
    if (reason != null && !IDENTIFIER.matcher(reason).matches()) {
      throw new IllegalArgumentException("reason is not an identifier");
    }
  }

  /** An event of which there is no more to say. */
  public static AuditEvent of(AuditAction action, AuditResult result, AuditSubject subject) {
    return new AuditEvent(action, result, subject, null, null, null);
  }

  /** The same on a device. */
  public AuditEvent onDevice(AuditSubject where) {
    return new AuditEvent(action, result, subject, where, reason, decision);
  }

  /** The same with a reason. */
  public AuditEvent because(@Nullable String why) {
    return new AuditEvent(action, result, subject, device, why, decision);
  }

  /** The same, as a policy decided it. */
  public AuditEvent decidedBy(@Nullable AuditDecision made) {
    return new AuditEvent(action, result, subject, device, reason, made);
  }

  /** The same with another result. */
  AuditEvent with(AuditResult other) {
    return new AuditEvent(action, other, subject, device, reason, decision);
  }
}
