package uk.usbguard.cli.render;

import java.io.PrintWriter;
import uk.usbguard.cli.text.Texts;

/** Where a report puts its human text. */
public final class Page {

  private final PrintWriter out;
  private final Texts texts;

  Page(PrintWriter out, Texts texts) {
    this.out = out;
    this.texts = texts;
  }

  /** For counts, sizes and times. */
  public Texts texts() {
    return texts;
  }

  /** A sentence of the bundle as one line. */
  public void line(String key, Object... facts) {
    out.println(texts.get(key, facts));
  }

  /** Text as it is, as one line. */
  public void plain(String text) {
    out.println(text);
  }

  /** A secret as one line. */
  public void secret(ShownSecret secret) {
    secret.writeTo(out);
    out.println();
  }
}
