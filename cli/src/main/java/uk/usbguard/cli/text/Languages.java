package uk.usbguard.cli.text;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The languages in which there are sentences. Java would look for each that the user might want, as
 * a class and as a file, in every jar of the program: a tenth of the time that a short command
 * takes. A translation has to be named here.
 */
final class Languages extends ResourceBundle.Control {

  @Override
  public List<String> getFormats(String baseName) {
    return FORMAT_PROPERTIES;
  }

  @Override
  public List<Locale> getCandidateLocales(String baseName, Locale locale) {
    return List.of(Locale.ROOT);
  }

  @Override
  public @Nullable Locale getFallbackLocale(String baseName, Locale locale) {
    return null;
  }
}
