package uk.usbguard.cli.command;

import picocli.CommandLine.Option;

/** How a container is made that is not there yet. */
final class CreationOptions {

  @Option(names = "--profile", paramLabel = "PROFILE", descriptionKey = "profile")
  private String profile = "standard";

  @Option(names = "--no-recovery-key", descriptionKey = "no-recovery-key")
  private boolean noRecoveryKey;

  /** The profile's name as it was typed. */
  String profile() {
    return profile;
  }

  /** Whether it is meant that no recovery key is made. */
  boolean refusesRecoveryKey() {
    return noRecoveryKey;
  }
}
