package uk.usbguard.core.policy;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Says what is wrong with a policy file, for the person who wrote it. */
public final class ProblemText {

  private ProblemText() {}

  /** One sentence, without the place. */
  public static String of(PolicyProblem problem, Locale locale) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            ProblemText.class.getPackageName() + ".Problems",
            locale,
            ProblemText.class.getClassLoader());
    String pattern = bundle.getString(problem.kind().label());
    return new MessageFormat(pattern, bundle.getLocale()).format(problem.facts().toArray());
  }
}
