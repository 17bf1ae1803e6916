package uk.usbguard.cli.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import uk.usbguard.core.error.BugException;

/** The version that the build wrote into the jar. */
public final class BuildVersion {

  private BuildVersion() {}

  /** Name and number. */
  public static String text() throws IOException {
    return "usbguard " + number();
  }

  /** Such as 0.1.0. */
  public static String number() throws IOException {
    try (InputStream in =
        BuildVersion.class.getResourceAsStream("/uk/usbguard/cli/version.properties")) {
      if (in == null) {
        throw new BugException("the jar has no version.properties");
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }
}
