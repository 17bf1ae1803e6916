package uk.usbguard.cli.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.cli.text.Texts;

/**
 * One A4 page to print and lock away: which container, the recovery key in its groups and as a QR
 * code, how to use it. Made in memory only. The font is part of the page, so nothing on this PC is
 * searched for fonts.
 */
public final class RecoverySheet {

  private static final float LEFT = 60;
  private static final float RIGHT = PDRectangle.A4.getWidth() - 60;
  private static final float QR_SIZE = 170;

  private final Texts texts;

  public RecoverySheet(Texts texts) {
    this.texts = texts;
  }

  /** The PDF. */
  public byte[] render(ShownSecret key, String containerName, String containerId, Instant made)
      throws IOException {
    char[] chars = key.toChars();
    try (PDDocument document = new PDDocument();
        InputStream fontFile = SheetFont.open()) {
      PDType0Font font = PDType0Font.load(document, fontFile, true);
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      document.getDocumentInformation().setTitle(texts.get("sheet.title"));
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        SheetWriter sheet = new SheetWriter(content, font, LEFT, RIGHT);
        write(sheet, chars, containerName, containerId, made);
      }
      ByteArrayOutputStream pdf = new ByteArrayOutputStream();
      document.save(pdf);
      return pdf.toByteArray();
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private void write(
      SheetWriter sheet, char[] key, String containerName, String containerId, Instant made)
      throws IOException {
    sheet.moveTo(780);
    sheet.line(texts.get("sheet.title"), 24);
    sheet.skip(10);
    sheet.paragraph(texts.get("sheet.container", containerName), 13);
    sheet.paragraph(texts.get("sheet.id", containerId), 11);
    sheet.paragraph(texts.get("sheet.made", texts.date(made)), 11);
    sheet.skip(18);
    sheet.groups(key, 20);
    sheet.skip(14);
    sheet.qr(QrCode.of(key), QR_SIZE);
    sheet.skip(10);
    for (String name : List.of("use", "typing", "keep", "lost")) {
      sheet.paragraph(texts.get("sheet." + name), 11);
      sheet.skip(6);
    }
  }
}
