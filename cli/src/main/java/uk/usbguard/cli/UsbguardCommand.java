package uk.usbguard.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command. It does nothing itself: without a subcommand it is a usage error. */
@Command(name = "usbguard", versionProvider = ProgramVersion.class)
public final class UsbguardCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      descriptionKey = "version")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean version;

  @Option(names = "--json", descriptionKey = "json")
  @SuppressWarnings("unused") // for help and version; where it stands makes no difference
  private boolean json;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command.");
  }
}
