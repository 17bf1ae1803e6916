package uk.usbguard.cli.sheet;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** Writes a page from top to bottom. */
final class SheetWriter {

  private static final int GROUPS_IN_A_LINE = 4;

  private final PDPageContentStream content;
  private final PDFont font;
  private final float left;
  private final float right;
  private float y;

  SheetWriter(PDPageContentStream content, PDFont font, float left, float right) {
    this.content = content;
    this.font = font;
    this.left = left;
    this.right = right;
  }

  void moveTo(float top) {
    y = top;
  }

  void skip(float height) {
    y -= height;
  }

  void line(String text, float size) throws IOException {
    y -= size;
    content.beginText();
    content.setFont(font, size);
    content.newLineAtOffset(left, y);
    content.showText(writable(text));
    content.endText();
    y -= size * 0.35f;
  }

  /** Broken at spaces, and where there is none, anywhere. */
  void paragraph(String text, float size) throws IOException {
    StringBuilder line = new StringBuilder();
    for (String word : writable(text).split(" ", -1)) {
      if (line.length() > 0 && width(line + " " + word, size) > right - left) {
        line(line.toString(), size);
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ");
      for (int c : word.codePoints().toArray()) {
        if (width(line + Character.toString(c), size) > right - left) {
          line(line.toString(), size);
          line.setLength(0);
        }
        line.appendCodePoint(c);
      }
    }
    line(line.toString(), size);
  }

  /** The key, four groups to a line. */
  void groups(char[] key, float size) throws IOException {
    int from = 0;
    int groups = 0;
    for (int i = 0; i <= key.length; i++) {
      boolean end = i == key.length;
      if (end || key[i] == '-') {
        groups++;
        if (end || groups % GROUPS_IN_A_LINE == 0) {
          line(new String(key, from, i - from), size);
          from = i + 1;
        }
      }
    }
  }

  /** Dark squares; neighbours in a row are one rectangle, so no printer leaves gaps. */
  void qr(QrCode code, float size) throws IOException {
    float module = size / code.size();
    for (int row = 0; row < code.size(); row++) {
      int x = 0;
      while (x < code.size()) {
        int end = x;
        while (end < code.size() && code.isDark(end, row)) {
          end++;
        }
        if (end > x) {
          content.addRect(left + x * module, y - (row + 1) * module, (end - x) * module, module);
        }
        x = end + 1;
      }
    }
    content.fill();
    y -= size;
  }

  private float width(String text, float size) throws IOException {
    return font.getStringWidth(text) / 1000 * size;
  }

  // A name can have characters that the font has not.
  private String writable(String text) {
    StringBuilder writable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              try {
                font.encode(Character.toString(c));
                writable.appendCodePoint(c);
              } catch (IOException | IllegalArgumentException e) {
                writable.append('?');
              }
            });
    return writable.toString();
  }
}
