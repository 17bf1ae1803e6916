package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.passphrase.PassphraseRules;
import uk.usbguard.core.registry.RegisterFailedException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.Verifier;

/** The organisation's signing key, which is made once: sealed with a passphrase, in a file. */
final class NewSigningKey {

  @Option(names = "--signing-key", paramLabel = "FILE", descriptionKey = "org-signing-key")
  private @Nullable String file;

  @Mixin private final SignatureProfileOption profile = new SignatureProfileOption();

  @Mixin private final NewPassphraseOptions passphrase = new NewPassphraseOptions();

  boolean isWanted() {
    return file != null;
  }

  /** As it is shown. */
  String name() {
    return Printable.name(String.valueOf(file));
  }

  /** Asks for the passphrase. The caller closes it. */
  Passphrase passphrase(BaseCommand command) throws Exception {
    profile.algorithm(); // refuses an unknown one first
    Path key = command.bench.path(String.valueOf(file));
    for (Path wanted : new Path[] {key, publicKey(key)}) {
      if (Files.exists(wanted)) { // before anybody thinks of a passphrase
        throw new FileAlreadyExistsException(wanted.toString());
      }
    }
    return command.secrets().newPassphrase(passphrase.source(), name(), PassphraseRules.standard());
  }

  /** Makes the key, and beside it the public key. */
  Verifier make(Workbench bench, Passphrase seal) throws IOException, CommandException {
    Path key = bench.path(String.valueOf(file));
    Verifier verifier =
        new KeyFiles(bench.random().get()).createSealed(key, profile.algorithm(), seal);
    try {
      Files.write(publicKey(key), verifier.file(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      Files.delete(key); // made just now; the other file is somebody else's
      throw e;
    } catch (IOException e) {
      remove(bench, e);
      throw e;
    }
    return verifier;
  }

  /** Whether the register may name the key, although the decision failed. */
  static boolean mayBeNamed(UsbguardException failure) {
    return failure instanceof RegisterFailedException failed
        && failed.problem() == Problem.OUTCOME_UNKNOWN;
  }

  /** Takes away what was made: nobody knows of it, and the next try would find it in its way. */
  void remove(Workbench bench, Exception why) {
    Path key = bench.path(String.valueOf(file));
    for (Path made : new Path[] {key, publicKey(key)}) {
      try {
        Files.deleteIfExists(made);
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }

  private static Path publicKey(Path key) {
    return key.resolveSibling(key.getFileName() + ".pub");
  }
}
