package uk.usbguard.cli.render;

import uk.usbguard.cli.text.Texts;

/** How long something took. */
final class Elapsed {

  private Elapsed() {}

  static String text(long milliseconds, Texts texts) {
    long seconds = milliseconds / 1000;
    if (seconds < 60) {
      return texts.get(
          "elapsed.seconds", String.format(texts.locale(), "%.1f", milliseconds / 1000.0));
    }
    return texts.get("elapsed.minutes", seconds / 60, seconds % 60);
  }
}
