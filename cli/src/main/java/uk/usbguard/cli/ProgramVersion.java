package uk.usbguard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;
import uk.usbguard.core.error.BugException;

/** The version that the build wrote into the jar. */
final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    try (InputStream in = ProgramVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new BugException("the jar has no version.properties");
      }
      var properties = new Properties();
      properties.load(in);
      return new String[] {"usbguard " + properties.getProperty("version")};
    }
  }
}
