package uk.usbguard.cli.evidence;

import java.io.IOException;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;

/** Writes text and lines from page to page of A4, from the top. Lengths are points. */
final class PdfPen implements AutoCloseable {

  static final float LEFT = 45;
  static final float WIDTH = PDRectangle.A4.getWidth() - 2 * LEFT;

  private static final float TOP = PDRectangle.A4.getHeight() - 50;
  private static final float BOTTOM = 55;

  private static final float FOOT = 32;
  private static final float FOOT_SIZE = 8;

  /** From one line to the next, for one point of size. */
  static final float LEADING = 1.3f;

  private final PDDocument document;
  private final PDFont font;
  private final Map<Integer, Float> widths = new HashMap<>();
  private @Nullable PDPageContentStream content;
  private float y;

  PdfPen(PDDocument document, PDFont font) throws IOException {
    this.document = document;
    this.font = font;
    newPage();
  }

  float y() {
    return y;
  }

  /** Goes on on a new page, unless so much is left on this one. Says whether it did. */
  boolean need(float height) throws IOException {
    if (y - height >= BOTTOM) {
      return false;
    }
    newPage();
    return true;
  }

  void skip(float height) {
    y -= height;
  }

  void newPage() throws IOException {
    close();
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    content = new PDPageContentStream(document, page);
    y = TOP;
  }

  /** Text of any length, broken at blanks and where there is none anywhere. */
  void paragraph(String text, float size, boolean bold) throws IOException {
    for (String line : wrap(text, size, WIDTH)) {
      need(size * LEADING);
      y -= size * LEADING;
      at(LEFT, y + size * 0.3f, line, size, bold);
    }
  }

  /** One line at a place of this page. */
  void at(float x, float baseline, String text, float size, boolean bold) throws IOException {
    PDPageContentStream page = page();
    page.beginText();
    page.setFont(font, size);
    // There is one font: what is bold has an outline as well.
    page.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
    page.setLineWidth(size * 0.03f);
    page.newLineAtOffset(x, baseline);
    page.showText(visual(text));
    page.endText();
  }

  /** A horizontal line at the present height. */
  void rule(float x, float width, float thickness, float grey) throws IOException {
    PDPageContentStream page = page();
    page.setNonStrokingColor(grey, grey, grey);
    page.addRect(x, y, width, thickness);
    page.fill();
    page.setNonStrokingColor(0f, 0f, 0f);
  }

  /** A grey ground from here down. */
  void ground(float x, float width, float height) throws IOException {
    PDPageContentStream page = page();
    page.setNonStrokingColor(0.91f, 0.93f, 0.93f);
    page.addRect(x, y - height, width, height);
    page.fill();
    page.setNonStrokingColor(0f, 0f, 0f);
  }

  /** The lines of a text, each as wide as is allowed or narrower. */
  List<String> wrap(String text, float size, float width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    float used = 0;
    for (String word : writable(text).split(" ", -1)) {
      float wordWidth = width(word, size);
      float blank = line.length() == 0 ? 0 : width(" ", size);
      if (line.length() > 0 && used + blank + wordWidth > width) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
        blank = 0;
      }
      if (blank > 0) {
        line.append(' ');
        used += blank;
      }
      for (int c : word.codePoints().toArray()) {
        float one = width(Character.toString(c), size);
        if (line.length() > 0 && used + one > width) {
          lines.add(line.toString());
          line.setLength(0);
          used = 0;
        }
        line.appendCodePoint(c);
        used += one;
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** How wide a text is that the font has. */
  float width(String text, float size) {
    float sum = 0;
    for (int c : text.codePoints().toArray()) {
      sum += Math.max(0, widthOf(c));
    }
    return sum / 1000 * size;
  }

  /** What the font has not is shown by number. */
  String writable(String text) {
    StringBuilder writable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (widthOf(c) < 0) {
                writable.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                writable.appendCodePoint(c);
              }
            });
    return writable.toString();
  }

  /** In thousandths of the size; negative if the font has not got it. */
  private float widthOf(int codePoint) {
    Float known = widths.get(codePoint);
    if (known != null) {
      return known;
    }
    float width;
    try {
      width = font.getStringWidth(Character.toString(codePoint));
    } catch (IOException | IllegalArgumentException e) {
      width = -1;
    }
    widths.put(codePoint, width);
    return width;
  }

  /** A page shows characters from left to right in the order in which they are written. */
  private static String visual(String text) {
    char[] chars = text.toCharArray();
    if (!Bidi.requiresBidi(chars, 0, chars.length)) {
      return text;
    }
    Bidi bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    int runs = bidi.getRunCount();
    byte[] levels = new byte[runs];
    String[] parts = new String[runs];
    for (int i = 0; i < runs; i++) {
      levels[i] = (byte) bidi.getRunLevel(i);
      String part = text.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
      parts[i] = levels[i] % 2 == 0 ? part : new StringBuilder(part).reverse().toString();
    }
    Bidi.reorderVisually(levels, 0, parts, 0, runs);
    return String.join("", parts);
  }

  /** Ends the last page and writes one line under each, of its number and how many there are. */
  void foot(BiFunction<Integer, Integer, String> text) throws IOException {
    close();
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      content =
          new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true);
      String line = wrap(text.apply(i + 1, pages), FOOT_SIZE, WIDTH).get(0);
      at(LEFT, FOOT, line, FOOT_SIZE, false);
      close();
    }
  }

  private PDPageContentStream page() {
    PDPageContentStream page = content;
    if (page == null) {
      throw new BugException("no page");
    }
    return page;
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
      content = null;
    }
  }
}
