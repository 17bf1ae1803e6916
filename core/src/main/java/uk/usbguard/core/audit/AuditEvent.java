package uk.usbguard.core.audit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded. The reason and the policy's version are identifiers, so that no sentence
 * with a patient's name can come in by them.
 *
 * @param device the device it happened on, if that is not the subject
 * @param reason why it ended so, such as {@code wrong-passphrase}
 * @param policy the version of the policy that decided
 */
public record AuditEvent(
    AuditAction action,
    AuditResult result,
    AuditSubject subject,
    @Nullable AuditSubject device,
    @Nullable String reason,
    @Nullable String policy) {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}");

  public AuditEvent {
    check("reason", reason);
    check("policy", policy);
  }

  /** An event of which there is no more to say. */
  public static AuditEvent of(AuditAction action, AuditResult result, AuditSubject subject) {
    return new AuditEvent(action, result, subject, null, null, null);
  }

  /** The same on a device. */
  public AuditEvent onDevice(AuditSubject where) {
    return new AuditEvent(action, result, subject, where, reason, policy);
  }

  /** The same with a reason. */
  public AuditEvent because(@Nullable String why) {
    return new AuditEvent(action, result, subject, device, why, policy);
  }

  /** The same under a policy. */
  public AuditEvent underPolicy(@Nullable String version) {
    return new AuditEvent(action, result, subject, device, reason, version);
  }

  /** The same with another result. */
  AuditEvent with(AuditResult other) {
    return new AuditEvent(action, other, subject, device, reason, policy);
  }

  private static void check(String what, @Nullable String value) {
    if (value != null && !IDENTIFIER.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " is not an identifier");
    }
  }
}
