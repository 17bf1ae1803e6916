package uk.usbguard.core.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;

/** SHA-256 of the JDK, from its own provider where this Java has it. */
public final class Sha256 {

  /** Of bytes that are there as a whole. */
  public byte[] digest(byte[] data) {
    return begin().digest(data);
  }

  /** A digest that has seen nothing yet, for what comes piece by piece. */
  public static MessageDigest begin() {
    try {
      @Nullable Provider sun = Security.getProvider("SUN");
      return sun == null
          ? MessageDigest.getInstance("SHA-256")
          : MessageDigest.getInstance("SHA-256", sun);
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every Java has SHA-256", e);
    }
  }
}
