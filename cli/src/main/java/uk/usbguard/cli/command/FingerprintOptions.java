package uk.usbguard.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.cli.work.Scanning;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.media.Patience;

/** Which container is on a drive: read from it, or typed. Exactly one of the two. */
final class FingerprintOptions {

  @Option(
      names = "--medium",
      required = true,
      paramLabel = "TARGET",
      descriptionKey = "fingerprint-medium")
  private @Nullable String medium;

  @Option(
      names = "--fingerprint",
      required = true,
      paramLabel = "KIND:HEX",
      descriptionKey = "fingerprint")
  private @Nullable String typed;

  /** The one that was meant. */
  ContainerFingerprint read(Workbench bench) throws Exception {
    String target = medium;
    if (target == null) {
      String text = String.valueOf(typed);
      return ContainerFingerprint.parse(text)
          .orElseThrow(
              () -> new CommandException(ExitCode.USAGE, "no-fingerprint", Printable.name(text)));
    }
    List<ContainerFingerprint> found =
        new Scanning(false, Patience.usual(bench.nanoTime()))
            .look(bench.path(target), target)
            .fingerprints();
    if (found.size() != 1) {
      throw new CommandException(
          ExitCode.DAMAGED, "not-one-container", Printable.name(target), found.size());
    }
    return found.get(0);
  }
}
