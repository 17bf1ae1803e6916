package uk.usbguard.core.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.core.error.BugException;

/**
 * The policies that come with the program. They are files with comments, to be copied and edited.
 */
public enum Profile {
  /** Issued, encrypted drives may be written; everything else that bears data is blocked. */
  NHS_DEFAULT,
  /** As the default, but what may be used may only be read, except for clinical urgency. */
  READ_ONLY_SITE,
  /** Nothing is ever written, whoever asks. */
  NO_WRITE,
  /** As the default, but it only records. For the first weeks. */
  AUDIT_ONLY;

  /** The name that commands use. */
  public String label() {
    return Labels.of(this);
  }

  /** The profile of this name. */
  public static Optional<Profile> named(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /** The file, with its comments. */
  public byte[] file() {
    try (InputStream in = Profile.class.getResourceAsStream(label() + ".yaml")) {
      if (in == null) {
        throw new BugException("no profile " + label());
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new BugException("profile " + label(), e);
    }
  }

  /** The policy. */
  public Policy policy() {
    try {
      return Policy.parse(file());
    } catch (InvalidPolicyException e) {
      throw new BugException("profile " + label(), e);
    }
  }
}
