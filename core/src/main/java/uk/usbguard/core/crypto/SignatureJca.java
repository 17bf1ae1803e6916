package uk.usbguard.core.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;

/** Where signatures come from: as {@link Jca}, one provider that is chosen once. */
final class SignatureJca {

  private final Provider provider;

  private SignatureJca(Provider provider) {
    this.provider = provider;
  }

  /** SunEC, or on a Java without it the one provider that its maker put first for Ed25519. */
  static SignatureJca ofThisPlatform() {
    @Nullable Provider preferred = Security.getProvider("SunEC");
    return new SignatureJca(preferred != null ? preferred : firstWithEd25519());
  }

  /** Something that this provider has, or the Java is broken. */
  @FunctionalInterface
  private interface Lookup<T> {
    T get() throws GeneralSecurityException;
  }

  Signature signature(SignatureScheme scheme) {
    return found(scheme, () -> Signature.getInstance(scheme.signatureAlgorithm(), provider));
  }

  KeyFactory keyFactory(SignatureScheme scheme) {
    return found(scheme, () -> KeyFactory.getInstance(scheme.keyAlgorithm(), provider));
  }

  KeyPair generate(SignatureScheme scheme, SecureRandom random) {
    return found(
        scheme,
        () -> {
          KeyPairGenerator generator =
              KeyPairGenerator.getInstance(scheme.keyAlgorithm(), provider);
          switch (scheme) {
            case ED25519 -> generator.initialize(255, random);
            case ECDSA_P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"), random);
          }
          return generator.generateKeyPair();
        });
  }

  private <T> T found(SignatureScheme scheme, Lookup<T> lookup) {
    try {
      return lookup.get();
    } catch (GeneralSecurityException e) {
      throw new BugException("the provider " + provider.getName() + " has no " + scheme, e);
    }
  }

  private static Provider firstWithEd25519() {
    try {
      return Signature.getInstance("Ed25519").getProvider();
    } catch (GeneralSecurityException e) {
      throw new BugException("this Java has neither the provider SunEC nor another Ed25519", e);
    }
  }
}
