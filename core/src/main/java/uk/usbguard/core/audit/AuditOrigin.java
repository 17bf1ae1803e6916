package uk.usbguard.core.audit;

import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a process come from.
 *
 * @param host the PC's name
 * @param user the account that acts
 * @param actor the person whom that account names as acting, taken at its word; null if it names
 *     nobody but itself
 */
public record AuditOrigin(String host, String user, @Nullable String actor) {

  /** An account that acts for itself. */
  public AuditOrigin(String host, String user) {
    this(host, user, null);
  }

  /** The same account, with this person named as acting. */
  public AuditOrigin as(String person) {
    return new AuditOrigin(host, user, person.isBlank() || person.equals(user) ? null : person);
  }
}
