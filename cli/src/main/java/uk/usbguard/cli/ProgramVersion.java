package uk.usbguard.cli;

import java.io.IOException;
import picocli.CommandLine.IVersionProvider;
import uk.usbguard.cli.text.BuildVersion;

/** Tells picocli the version. */
final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {BuildVersion.text()};
  }
}
