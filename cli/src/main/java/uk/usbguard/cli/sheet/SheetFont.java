package uk.usbguard.cli.sheet;

import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import uk.usbguard.core.error.BugException;

/** The font of everything that is printed. It comes with the program: no font is searched for. */
public final class SheetFont {

  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private SheetFont() {}

  /** Its file. The caller closes it. */
  public static InputStream open() {
    InputStream font = PDDocument.class.getResourceAsStream(FONT);
    if (font == null) {
      throw new BugException("the PDF library has lost its font");
    }
    return font;
  }
}
