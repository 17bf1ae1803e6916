package uk.usbguard.core.passphrase;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A refusal in words for the person at the keyboard.
 *
 * @param what what happened
 * @param why why that matters
 * @param remedy what to do now
 */
public record RefusalText(String what, String why, String remedy) {

  /** In the language of the locale if there is a bundle for it, else in English. */
  public static RefusalText of(Refusal refusal, Locale locale) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            RefusalText.class.getPackageName() + ".Messages",
            locale,
            RefusalText.class.getClassLoader());
    Object[] facts = refusal.facts().toArray();
    return new RefusalText(
        sentence(bundle, refusal, "what", facts),
        sentence(bundle, refusal, "why", facts),
        sentence(bundle, refusal, "do", facts));
  }

  private static String sentence(
      ResourceBundle bundle, Refusal refusal, String part, Object[] facts) {
    String pattern = bundle.getString(refusal.code() + "." + part);
    return new MessageFormat(pattern, bundle.getLocale()).format(facts);
  }
}
