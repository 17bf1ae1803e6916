package uk.usbguard.cli.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.signing.SignatureAlgorithm;

/** By which algorithm a key signs that is about to be made. */
final class SignatureProfileOption {

  @Option(names = "--profile", paramLabel = "NAME", descriptionKey = "signature-profile")
  private @Nullable String name;

  boolean isSaid() {
    return name != null;
  }

  SignatureAlgorithm algorithm() throws CommandException {
    String wanted = name == null ? "standard" : name;
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "standard" -> SignatureAlgorithm.ED25519;
      case "fips" -> SignatureAlgorithm.ECDSA_P384;
      default ->
          throw new CommandException(ExitCode.USAGE, "no-such-profile", Printable.name(wanted));
    };
  }
}
