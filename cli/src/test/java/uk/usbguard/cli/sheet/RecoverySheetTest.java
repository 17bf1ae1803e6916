package uk.usbguard.cli.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.cli.text.Texts;

class RecoverySheetTest {

  private static final String KEY = "PYFV0-36GVC-CHNDN-VA5AF-QHRKS-D9TRX-3BMC7-EHVW9";

  @BeforeAll
  static void withoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private static byte[] sheet(String name) throws Exception {
    Texts texts = new Texts(Locale.UK, ZoneOffset.UTC);
    try (ShownSecret key = ShownSecret.take(KEY.toCharArray())) {
      return new RecoverySheet(texts)
          .render(
              key,
              name,
              "6abc5b82-4066-69de-934e-5e778e3244be",
              Instant.parse("2026-11-22T10:00:00Z"));
    }
  }

  @Test
  @DisplayName("The recovery sheet is one A4 page that says all, and its code reads as the key")
  void canBeReadByPeopleAndScanners() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(sheet("letters.ugc"))) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(pdf.getPage(0).getMediaBox().getHeight()).isEqualTo(PDRectangle.A4.getHeight());
      String text = new PDFTextStripper().getText(pdf);
      assertThat(text)
          .contains("letters.ugc", "6abc5b82-4066-69de-934e-5e778e3244be", "22 November 2026")
          .contains("PYFV0-36GVC-CHNDN-VA5AF", "QHRKS-D9TRX-3BMC7-EHVW9")
          .contains("usbguard recover", "locked away");
      assertThat(decode(new PDFRenderer(pdf).renderImageWithDPI(0, 150))).isEqualTo(KEY);
    }
  }

  @Test
  void takesNamesOfAnyLengthAndScript() throws Exception {
    String name = "Gr\u00fc\u00dfe \u03b1\u03b2 \u4e2d\u6587 " + "x".repeat(200) + ".ugc";
    try (PDDocument pdf = Loader.loadPDF(sheet(name))) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(new PDFTextStripper().getText(pdf)).contains("Gr\u00fc\u00dfe \u03b1\u03b2 ??");
    }
  }

  private static String decode(BufferedImage image) throws Exception {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }
}
