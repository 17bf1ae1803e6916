package uk.usbguard.core.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;

/**
 * Where the JDK's primitives come from: one provider object, chosen once, so that a provider which
 * somebody registers later cannot take over a part of the work.
 */
final class Jca {

  private static final String GCM = "AES/GCM/NoPadding";
  private static final String KWP = "AES/KWP/NoPadding";
  private static final String HMAC = "HmacSHA256";

  private final Provider provider;

  private Jca(Provider provider) {
    this.provider = provider;
  }

  /** SunJCE, or on a Java without it the one provider that its maker put first for AES-GCM. */
  static Jca ofThisPlatform() {
    return of(Security.getProvider("SunJCE"));
  }

  static Jca of(@Nullable Provider preferred) {
    Jca jca = new Jca(preferred != null ? preferred : firstWithGcm());
    jca.gcm(); // say at once, and not at the first change of a passphrase, what is missing
    jca.kwp();
    jca.hmac();
    return jca;
  }

  Cipher gcm() {
    return cipher(GCM);
  }

  Cipher kwp() {
    return cipher(KWP);
  }

  Mac hmac() {
    try {
      return Mac.getInstance(HMAC, provider);
    } catch (GeneralSecurityException e) {
      throw missing(HMAC, e);
    }
  }

  String nameAndVersion() {
    return provider.getName() + " " + provider.getVersionStr();
  }

  private Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation, provider);
    } catch (GeneralSecurityException e) {
      throw missing(transformation, e);
    }
  }

  private static Provider firstWithGcm() {
    try {
      return Cipher.getInstance(GCM).getProvider();
    } catch (GeneralSecurityException e) {
      throw new BugException("this Java has neither the provider SunJCE nor another " + GCM, e);
    }
  }

  private BugException missing(String algorithm, GeneralSecurityException cause) {
    return new BugException(
        "the provider " + provider.getName() + " of this Java has no " + algorithm, cause);
  }
}
