package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.policy.SignatureCheck;
import uk.usbguard.core.signing.DetachedSignature;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.SigningException;
import uk.usbguard.core.signing.SigningPurpose;
import uk.usbguard.core.signing.Verifier;
import uk.usbguard.core.signing.Verifier.Outcome;

/** Signatures of policy files: FILE.sig beside FILE. */
public final class PolicySigning {

  private PolicySigning() {}

  /** Where the signature of a policy file stands. */
  public static Path beside(Path policy) {
    return policy.resolveSibling(policy.getFileName() + ".sig");
  }

  /** Returns the fingerprint of the key, or refuses what was not signed with it. */
  public static String check(Path policy, byte[] content, Path publicKey)
      throws IOException, CommandException {
    try {
      return check(policy.toString(), content, KeyFiles.readSignature(beside(policy)), publicKey);
    } catch (SigningException e) {
      throw refused(e);
    }
  }

  /** The same with a signature file that was read already. */
  public static String check(String name, byte[] content, byte[] signature, Path publicKey)
      throws IOException, CommandException {
    try {
      return check(name, content, DetachedSignature.parse(signature), publicKey);
    } catch (SigningException e) {
      throw refused(e);
    }
  }

  private static String check(
      String name, byte[] content, DetachedSignature signature, Path publicKey)
      throws IOException, CommandException, SigningException {
    Verifier verifier = KeyFiles.readPublic(publicKey);
    Outcome outcome = verifier.check(SigningPurpose.POLICY, content, signature);
    if (outcome != Outcome.GENUINE) {
      throw new CommandException(
          ExitCode.WRONG_KEY,
          "policy-" + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          Printable.name(name));
    }
    return verifier.fingerprint();
  }

  /** Holds signatures against this key. What is no signature is not genuine. */
  public static SignatureCheck checkedWith(Path publicKey) throws IOException, CommandException {
    Verifier verifier;
    try {
      verifier = KeyFiles.readPublic(publicKey);
    } catch (SigningException e) {
      throw refused(e);
    }
    return new Check(verifier);
  }

  /** The same with a key that was kept as {@link SignatureCheck#key} gave it. */
  public static Optional<SignatureCheck> kept(byte[] publicKey) {
    try {
      return Optional.of(new Check(Verifier.parse(publicKey)));
    } catch (SigningException e) {
      return Optional.empty();
    }
  }

  private static final class Check implements SignatureCheck {
    private final Verifier verifier;

    Check(Verifier verifier) {
      this.verifier = verifier;
    }

    @Override
    public boolean isGenuine(byte[] file, byte[] signature) {
      try {
        return verifier.check(SigningPurpose.POLICY, file, DetachedSignature.parse(signature))
            == Outcome.GENUINE;
      } catch (SigningException e) {
        return false;
      }
    }

    @Override
    public byte[] key() {
      return verifier.file();
    }
  }

  /** What is wrong with a key or signature file. */
  public static CommandException refused(SigningException e) {
    ExitCode code =
        switch (e.reason()) {
          case WRONG_PASSPHRASE, SEALED -> ExitCode.WRONG_KEY;
          case EXPOSED -> ExitCode.DENIED;
          case NOT_A_SIGNING_KEY, NOT_A_PUBLIC_KEY, NOT_A_SIGNATURE -> ExitCode.DAMAGED;
        };
    return new CommandException(
        code, "signing-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
